// The number beside a slider follows it. Without this script the page says the number that was sent.
for (const shown of document.querySelectorAll("output[data-shows]")) {
  const slider = document.getElementById(shown.dataset.shows);
  slider?.addEventListener("input", () => { shown.textContent = slider.value; });
}
