// In a form marked data-ranges, Shift with a click or with Space takes everything between the last box and this one.
// Without this script every box is ticked by itself.
for (const form of document.querySelectorAll("form[data-ranges]")) {
  let last = null;
  form.addEventListener("click", (event) => {
    const box = event.target.closest?.('input[type="checkbox"]');
    if (!box) return;
    const boxes = [...form.querySelectorAll('input[type="checkbox"]')];
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
  });
  // A browser may give a click by Space no Shift, so the key is watched too.
  form.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.shiftKey || event.target.type !== "checkbox" || !last) return;
    event.preventDefault();
    const boxes = [...form.querySelectorAll('input[type="checkbox"]')];
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(event.target)].sort((a, b) => a - b);
    const checked = !event.target.checked;
    for (const each of boxes.slice(from, to + 1)) each.checked = checked;
    last = event.target;
  });
}
