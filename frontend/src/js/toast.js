// A short message in the corner. The live region stands in the page, so it is announced.
export function toast(message) {
  const region = document.getElementById("toasts");
  if (!region || !message) return;
  const note = document.createElement("p");
  note.className = "toast";
  note.textContent = message;
  region.replaceChildren(note);
  window.setTimeout(() => note.remove(), 8000);
}
