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

/** The sentence of `name` that the page carries, already in the reader's language. */
function sentence(name) {
  return document.querySelector(`#sentences [data-sentence="${name}"]`)?.textContent ?? "";
}

/** Says why nothing came: `why` is the status of an answer, or "offline". Always false: it did not come. */
export function failed(why) {
  toast(sentence({ 403: "refused", 404: "gone", 429: "slower", offline: "offline" }[why] ?? "failed"));
  return false;
}
