// A recording: the transcript follows the sound, each line seeks, and the words can be searched.
// Without this bundle the lines are links to #t=SECONDS and the player is the browser's own.
const player = document.querySelector("[data-player]");
const transcript = document.querySelector("[data-transcript]");
const lines = [...(transcript?.querySelectorAll("[data-start]") ?? [])];
const starts = lines.map(({ dataset }) => Number(dataset.start));
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The last line that has begun. */
function lineAt(second) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= second + 0.05) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

let current = -1;

function show(at, follow) {
  if (at === current) return;
  lines[current]?.removeAttribute("aria-current");
  current = at;
  const line = lines[at];
  if (!line) return;
  line.setAttribute("aria-current", "true");
  if (!follow) return;
  // Only the transcript scrolls: the page stays where its reader put it.
  const target = line.offsetTop - transcript.clientHeight / 3;
  transcript.scrollTo({ top: target, behavior: calm ? "auto" : "smooth" });
}

function following() {
  return document.querySelector("[data-follows]")?.checked ?? true;
}

function seek(second, play) {
  if (!player) return false;
  player.currentTime = second;
  if (play) player.play().catch(() => {});
  show(lineAt(second), following());
  return true;
}

function secondOf(hash) {
  const told = /^#t=(\d+(?:\.\d+)?)$/.exec(hash);
  return told ? Number(told[1]) : null;
}

if (player) {
  player.addEventListener("timeupdate", () => show(lineAt(player.currentTime), following()));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#t=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const second = secondOf(link.hash);
    if (second === null || link.pathname !== window.location.pathname) return;
    event.preventDefault();
    window.history.replaceState(null, "", link.hash);
    seek(second, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("[data-recording]")) return;
    if (/^(INPUT|SELECT|TEXTAREA|AUDIO|VIDEO)$/.test(event.target.tagName)) return;
    const act = { j: () => seek(Math.max(0, player.currentTime - 10), false), l: () => seek(player.currentTime + 10, false),
      k: () => (player.paused ? player.play() : player.pause()) }[event.key];
    if (!act || window.localStorage.getItem("house.keys") === "off") return;
    event.preventDefault();
    act();
  });
  const begin = () => {
    const second = secondOf(window.location.hash);
    if (second !== null) seek(second, false);
  };
  if (player.readyState > 0) begin();
  else player.addEventListener("loadedmetadata", begin, { once: true });
  window.addEventListener("hashchange", begin);
}

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Search inside: matching lines are marked, the others stay readable, Enter goes to the next one. */
function searching(form) {
  const field = form.querySelector("input");
  const count = form.querySelector("[role='status']");
  const words = lines.map((line) => folded(line.querySelector("span").textContent));
  let found = [];
  let at = -1;
  form.hidden = false;
  const said = lines.map((line) => line.querySelector("span"));
  /** The words themselves, in <mark>; folding may change how many letters there are, so it goes letter by letter. */
  const highlight = (place, wanted) => {
    const text = said[place].textContent;
    const ends = [];
    let plain = "";
    for (const letter of text) {
      plain += folded(letter);
      ends.push(plain.length);
    }
    const letters = [...text];
    const pieces = [];
    let begun = 0;
    for (let hit = plain.indexOf(wanted); hit >= 0; ) {
      const first = ends.findIndex((end) => end > hit);
      const last = ends.findIndex((end) => end >= hit + wanted.length);
      const mark = document.createElement("mark");
      mark.textContent = letters.slice(first, last + 1).join("");
      pieces.push(letters.slice(begun, first).join(""), mark);
      begun = last + 1;
      hit = plain.indexOf(wanted, Math.max(hit + wanted.length, ends[last]));
    }
    said[place].replaceChildren(...pieces, letters.slice(begun).join(""));
  };
  const plainly = (line) => {
    const place = lines.indexOf(line);
    said[place].replaceChildren(said[place].textContent);
  };
  const go = (step) => {
    if (!found.length) return;
    at = (at + step + found.length) % found.length;
    const line = found[at];
    transcript.scrollTo({ top: line.offsetTop - transcript.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
    for (const other of found) other.classList.toggle("is-here", other === line);
    count.textContent = count.dataset.of.replace("{at}", at + 1).replace("{all}", found.length);
  };
  const search = () => {
    const wanted = folded(field.value.trim());
    for (const line of found) plainly(line);
    found = wanted.length > 1 ? lines.filter((line, place) => words[place].includes(wanted)) : [];
    for (const line of lines) {
      line.classList.toggle("is-found", found.includes(line));
      line.classList.remove("is-here");
    }
    lines.forEach((line, place) => line.classList.contains("is-found") && highlight(place, wanted));
    at = -1;
    count.textContent = wanted.length < 2 ? "" : found.length ? "" : count.dataset.none;
    go(1);
  };
  field.addEventListener("input", search);
  const asked = new URLSearchParams(window.location.search).get("inside");
  if (asked) {
    field.value = asked;
    search();
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(1);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      go(event.key === "ArrowDown" ? 1 : -1);
    }
  });
}

const finder = document.querySelector("[data-searches-transcript]");
if (finder && transcript) searching(finder);
for (const follow of document.querySelectorAll("[data-follow-choice]")) follow.hidden = !player;
