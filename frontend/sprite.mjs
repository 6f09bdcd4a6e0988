// One sprite of the icons in use: lucide's outlines at 1.5 px, and our own outcome marks.
import { readFile } from "node:fs/promises";

/** The names templates use, and lucide's name for each. */
export const icons = {
  ask: "message-circle-question-mark", search: "search", home: "house", alex: "library", cities: "building-2",
  topics: "tags", person: "circle-user-round", people: "users", write: "pen-line", menu: "menu", close: "x",
  next: "chevron-right", previous: "chevron-left", down: "chevron-down", external: "external-link",
  link: "link", copy: "copy", download: "download", print: "printer", mail: "mail", calendar: "calendar",
  clock: "clock", language: "languages", globe: "globe", lock: "lock", eye: "eye", mask: "venetian-mask",
  check: "check", info: "info", warn: "triangle-alert", error: "octagon-alert", idea: "lightbulb",
  light: "sun", dark: "moon", system: "monitor", keys: "keyboard", history: "history", branch: "git-fork",
  cite: "quote", file: "file-text", play: "circle-play", policy: "scale", research: "flask-conical",
  technology: "cpu", case_study: "notebook-text", recording: "mic", pin: "map-pin", filter: "sliders-horizontal",
  refresh: "refresh-cw", send: "send", flag: "flag", inbox: "inbox", settings: "settings", exit: "log-out",
  upload: "upload", plus: "plus", trash: "trash-2", office: "landmark", recycle: "sprout",
  magazine: "newspaper", radar: "radar", atlas: "map", showcase: "presentation",
  agora: "messages-square", groups: "waypoints", gatherings: "calendar-days", meetings: "handshake", bell: "bell",
  reply: "reply", attach: "paperclip", vote: "hand-heart", ticket: "ticket", room: "door-open", slides: "presentation",
  merge: "merge", mute: "bell-off", edit: "pencil", accept: "circle-check", repeat: "repeat", video: "video", visit: "train-front",
  question: "circle-question-mark", struggle: "construction", success: "trophy", call: "megaphone",
  "editor-heading": "heading-2", "editor-subheading": "heading-3", "editor-strong": "bold", "editor-em": "italic",
  "editor-link": "link", "editor-bullets": "list", "editor-numbers": "list-ordered", "editor-quote": "text-quote",
  "editor-deeper": "list-indent-increase", "editor-shallower": "list-indent-decrease", "editor-table": "table",
  "editor-undo": "undo-2", "editor-redo": "redo-2",
};

/** Worked ●, mixed ◐, failed ○, too early ◌: told apart by shape, whatever the colour. */
const own = {
  worked: '<circle cx="12" cy="12" r="8" fill="currentColor"/>',
  mixed: '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 0 0 16Z" fill="currentColor"/>',
  failed: '<circle cx="12" cy="12" r="8"/>',
  too_early: '<circle cx="12" cy="12" r="8" stroke-dasharray="1.6 3.43"/>',
};

const symbol = (id, drawing, width) =>
  `<symbol id="${id}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="${width}" ` +
  `stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`;

export async function sprite() {
  const symbols = Object.entries(own).map(([id, drawing]) => symbol(id, drawing, 2.4));
  for (const [id, name] of Object.entries(icons)) {
    const svg = await readFile(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
    const drawing = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "");
    symbols.push(symbol(id, drawing, 1.5));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}
