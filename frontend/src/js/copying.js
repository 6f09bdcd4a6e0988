// <button data-copies="text" data-copied="Copied"> copies and says so where the reader looks.
import { toast } from "./toast.js";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copies]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copies);
    toast(button.dataset.copied);
  } catch {
    toast(button.dataset.copies);
  }
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-prints]")) window.print();
});
for (const button of document.querySelectorAll("[data-prints], [data-copies]")) button.hidden = false;
