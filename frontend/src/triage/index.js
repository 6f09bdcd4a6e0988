// Keys at the desk of the radar: j and k move, p picks, d drops, x ticks, m merges, z takes back. They press what
// stands on the page and do nothing else, and are off where single keys are switched off (WCAG 2.1.4).
const place = "house.triage";
const rows = [...document.querySelectorAll("[data-triage-row]")];
let here = -1;

const off = () => document.documentElement.dataset.keys === "off" || window.localStorage.getItem("house.keys") === "off";
const writing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

function go(to) {
  if (!rows.length) return;
  rows[here]?.removeAttribute("data-here");
  here = Math.max(0, Math.min(to, rows.length - 1));
  rows[here].setAttribute("data-here", "");
  rows[here].focus({ preventScroll: true });
  rows[here].scrollIntoView({ block: "nearest" });
}

function press(within, what) {
  const found = within?.querySelector(what);
  // Where she was is kept, so that the next story stands under her hand after the page has come again.
  if (found) window.sessionStorage.setItem(place, String(Math.max(here, 0)));
  found?.click();
}

const acts = {
  j: () => go(here + 1),
  k: () => go(here - 1),
  p: () => press(rows[here], "[data-triage-pick]"),
  d: () => press(rows[here], "[data-triage-drop]"),
  x: () => rows[here]?.querySelector("input[type=checkbox]").click(),
  m: () => press(document, "[data-triage-merge]"),
  z: () => press(document, "[data-triage-undo]"),
};

let led = 0; // "g" leads to a room: the letter after it is not ours
document.addEventListener("keydown", (event) => {
  if (off() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const isTick = event.target.type === "checkbox" && event.target.closest("[data-triage-row]");
  if ((writing(event.target) && !isTick) || document.querySelector("dialog[open]")) return;
  if (event.key === "g") led = Date.now();
  else if (acts[event.key] && Date.now() - led > 1500) {
    event.preventDefault();
    acts[event.key]();
  }
});

const kept = window.sessionStorage.getItem(place);
if (kept !== null) {
  window.sessionStorage.removeItem(place);
  go(Number(kept));
}
