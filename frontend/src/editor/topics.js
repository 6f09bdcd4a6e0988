// A long list of checkboxes gets a field that narrows it; what is chosen stays in sight.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

for (const list of document.querySelectorAll("[data-narrows]")) {
  const field = list.querySelector("input[type='search']");
  const count = list.querySelector("[role='status']");
  const choices = [...list.querySelectorAll("[data-words]")];
  if (!field) continue;
  field.closest("[hidden]")?.removeAttribute("hidden");
  const narrow = () => {
    const wanted = folded(field.value.trim());
    let shown = 0;
    for (const choice of choices) {
      const stays = choice.querySelector("input").checked || folded(choice.dataset.words).includes(wanted);
      choice.hidden = !stays;
      if (stays) shown += 1;
    }
    for (const group of list.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-words]:not([hidden])");
    }
    if (count) count.textContent = `${shown} / ${choices.length}`;
  };
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
