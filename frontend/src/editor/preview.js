// How the author will be named and who will read: said again as the choice changes.
const line = document.querySelector("[data-credit-preview]");

function credit(form) {
  const candour = form.querySelector("[name='candour']:checked")?.value;
  const shown = line.querySelector(`[data-candour="${CSS.escape(candour ?? "")}"]`);
  for (const each of line.querySelectorAll("[data-candour]")) each.hidden = each !== shown;
  const described = form.querySelector("[name='described_as']");
  const words = line.querySelector("[data-described]");
  if (described && words) words.textContent = described.value.trim() || words.dataset.described;
  const row = described?.closest(".field");
  if (row) row.hidden = candour !== "described";
  const circle = form.querySelector("[name='circle']")?.closest(".field");
  const audience = form.querySelector("[name='audience']:checked")?.value;
  if (circle) circle.hidden = audience !== "circle";
}

const form = line?.closest("form");
if (form) {
  form.addEventListener("change", () => credit(form));
  form.addEventListener("input", () => credit(form));
  credit(form);
}
