// One table of colours makes both themes. A colour is lightness, chroma, hue (OKLCH);
// browsers without oklch() get the same colour as hex. `promises` are checked on every
// build, so a pretty colour that people cannot read never reaches a page.

const paperHue = 85;
const inkHue = 262;

/** The eight rooms (and four outcomes) differ in hue only. */
export const hues = {
  alex: 258, agora: 42, groups: 42, gatherings: 150, meetings: 285,
  magazine: 350, radar: 205, atlas: 118, showcase: 320,
  worked: 152, mixed: 72, failed: 22, early: 250,
};

export const themes = {
  light: {
    paper: [0.984, 0.008, paperHue],
    sunk: [0.957, 0.012, paperHue],
    raised: [0.998, 0.002, paperHue],
    line: [0.876, 0.014, paperHue],
    edge: [0.58, 0.018, paperHue],
    ink: [0.245, 0.028, inkHue],
    "ink-2": [0.43, 0.022, inkHue],
    accent: [0.5, 0.14, 36],
    "accent-soft": [0.938, 0.028, 50],
    error: [0.47, 0.175, 18],
    "error-soft": [0.95, 0.026, 18],
    marker: [0.915, 0.085, 92],
    focus: [0.52, 0.2, 262],
    room: [0.455, 0.11],
    "room-soft": [0.948, 0.02],
  },
  dark: {
    paper: [0.212, 0.014, inkHue],
    sunk: [0.178, 0.012, inkHue],
    raised: [0.25, 0.016, inkHue],
    line: [0.345, 0.016, inkHue],
    edge: [0.62, 0.018, inkHue],
    ink: [0.945, 0.012, paperHue],
    "ink-2": [0.795, 0.014, paperHue],
    accent: [0.775, 0.115, 46],
    "accent-soft": [0.305, 0.04, 46],
    error: [0.775, 0.12, 18],
    "error-soft": [0.295, 0.055, 18],
    marker: [0.42, 0.075, 88],
    focus: [0.79, 0.12, 250],
    room: [0.8, 0.085],
    "room-soft": [0.295, 0.034],
  },
};

/** [text, ground, least contrast]: WCAG asks 4.5 for text and 3 for edges; body text gets 7. */
export const promises = [
  ["ink", "paper", 7], ["ink", "raised", 7], ["ink", "sunk", 7], ["ink", "accent-soft", 7],
  ["ink", "error-soft", 7], ["ink", "marker", 7], ["ink-2", "paper", 7], ["ink-2", "sunk", 5.5],
  ["accent", "paper", 4.5], ["accent", "accent-soft", 4.5], ["accent", "sunk", 4.5],
  ["error", "paper", 4.5], ["error", "error-soft", 4.5], ["error", "raised", 4.5],
  ["edge", "paper", 3], ["edge", "raised", 3], ["focus", "paper", 3], ["focus", "raised", 3],
  ["room", "paper", 4.5], ["room", "room-soft", 4.5], ["room", "raised", 4.5], ["ink", "room-soft", 7],
  ["ink-2", "room-soft", 4.5], ["paper", "ink", 7], ["paper", "room", 4.5],
];

const gamma = (c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
const clamp = (c) => Math.min(1, Math.max(0, c));

/** Linear sRGB of an OKLCH colour, clipped to what a plain screen shows. */
function linear([lightness, chroma, hue]) {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(clamp);
}

export const hex = (colour) =>
  "#" + linear(colour).map((c) => Math.round(gamma(c) * 255).toString(16).padStart(2, "0")).join("");

const luminance = (colour) => {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Every colour of a theme by its custom property's name, the hues spelt out. */
export function palette(theme) {
  const { room, "room-soft": soft, ...plain } = themes[theme];
  const all = { ...plain };
  for (const [name, hue] of Object.entries(hues)) {
    all[name] = [...room, hue];
    all[`${name}-soft`] = [...soft, hue];
  }
  return all;
}

/** The promises a theme breaks, as sentences. */
export function broken(theme) {
  const colours = palette(theme);
  const complaints = [];
  for (const [text, ground, least] of promises) {
    const names = text === "room" || ground.startsWith("room") ? Object.keys(hues) : [""];
    for (const name of names) {
      const pick = (key) => colours[key === "room" ? name : key === "room-soft" ? `${name}-soft` : key];
      const got = contrast(pick(text), pick(ground));
      if (got < least) complaints.push(`${theme}: ${text} on ${ground} ${name} is ${got.toFixed(2)}, not ${least}`);
    }
  }
  return complaints;
}

const declarations = (theme, write) =>
  Object.entries(palette(theme)).map(([name, colour]) => `--${name}:${write(colour)};`).join("");

const oklch = ([l, c, h]) => `oklch(${l} ${c} ${h})`;

/** The stylesheet: light by default, dark where the system asks and nobody chose otherwise. */
export function stylesheet() {
  const complaints = [...broken("light"), ...broken("dark")];
  if (complaints.length) throw new Error(`Colours nobody could read:\n${complaints.join("\n")}`);
  const sheet = (write) => `
    :root,[data-theme=light]{color-scheme:light;${declarations("light", write)}}
    @media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${declarations("dark", write)}}}
    [data-theme=dark]{color-scheme:dark;${declarations("dark", write)}}
    @media print{:root,:root[data-theme],:root:not([data-theme=light]){color-scheme:light;${declarations("light", write)}}}`;
  return `${sheet(hex)}\n@supports (color:oklch(0 0 0)){${sheet(oklch)}}`;
}
