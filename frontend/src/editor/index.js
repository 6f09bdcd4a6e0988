// The writing page. Without this bundle the same form works with plain textareas.
import { Autosave } from "./autosave.js";
import { forgetTaken } from "./backup.js";
import { enrich, focusField } from "./rich.js";
import "./preview.js";
import "./rows.js";
import "./topics.js";

const holder = document.getElementById("editor-words");
const said = holder ? JSON.parse(holder.dataset.words) : null;

if (said) {
  for (const textarea of document.querySelectorAll("textarea[data-editor]")) enrich(textarea, said, holder.dataset.sprite);
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (holder.dataset.taken) forgetTaken(form.dataset.person, holder.dataset.taken);
    new Autosave(form, said);
  }
}

// Links of the error summary lead to fields that stand behind their editor.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field?.matches("textarea[data-editor]")) {
    event.preventDefault();
    focusField(field);
  }
});
