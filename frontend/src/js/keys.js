// Single keys: "/" asks, "g" then a letter goes to a room, "?" shows the keys. They can be
// switched off (WCAG 2.1.4): here, which this browser keeps, or in one's profile.
const store = "house.keys";
const patience = 1500;
let leading = 0;

const off = () => document.documentElement.dataset.keys === "off" || window.localStorage.getItem(store) === "off";

function writing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function go(letter) {
  const link = document.querySelector(`[data-key="${CSS.escape(letter)}"]`);
  if (link) window.location.assign(link.href);
  return Boolean(link);
}

document.addEventListener("keydown", (event) => {
  if (off() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (writing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    event.preventDefault();
    const field = document.querySelector("[data-ask]");
    field?.focus();
    field?.select();
  } else if (event.key === "?") {
    event.preventDefault();
    document.getElementById("keys")?.showModal();
  } else if (event.key === "g") {
    leading = Date.now();
  } else if (Date.now() - leading < patience) {
    leading = 0;
    if (go(event.key.toLowerCase())) event.preventDefault();
  }
});

const choice = document.querySelector("[data-keys-switch]");
if (choice) {
  choice.checked = !off();
  choice.addEventListener("change", () => {
    if (choice.checked) window.localStorage.removeItem(store);
    else window.localStorage.setItem(store, "off");
  });
}
