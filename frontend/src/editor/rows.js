// Rows that can be added: sources, clauses, chapters. Without JavaScript two empty rows stand
// ready and more come after each save.
function renumber(row, number) {
  for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll("__prefix__", number));
    }
  }
}

for (const rows of document.querySelectorAll("[data-rows]")) {
  const total = rows.querySelector(`[name="${rows.dataset.rows}-TOTAL_FORMS"]`);
  const model = rows.querySelector("template");
  const add = rows.querySelector("[data-adds-row]");
  if (!total || !model || !add) continue;
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = model.content.firstElementChild.cloneNode(true);
    renumber(row, total.value);
    total.value = Number(total.value) + 1;
    rows.querySelector("[data-row-list]").append(row);
    row.querySelector("input:not([type='hidden']), select, textarea")?.focus();
  });
}
