// What is typed is also kept in this browser until the house has it, and put back after a
// session that ended, a crash or a lost connection.
const fresh = 1000 * 60 * 60 * 24 * 30;
// What the house writes into a form, and nobody types. Put back from before, `despite` would take away
// that a warning was shown, and sending once more could never go on.
const ours = new Set(["csrfmiddlewaretoken", "despite", "page"]);

const nameOf = (person, draft) => `house.draft.${person}.${draft}`;

/** The house has what was typed there: it would only come back as if it had been lost. */
export function forgetTaken(person, draft) {
  window.localStorage.removeItem(nameOf(person, draft));
}

export class Backup {
  constructor(form) {
    this.form = form;
    this.name = nameOf(form.dataset.person, form.dataset.draft);
  }

  /** The revision of the draft that this page was opened with or has saved last. */
  lock() {
    return this.form.elements.lock?.value ?? "";
  }

  /** Everything typed, by field name; files can't be kept. */
  fields() {
    const kept = {};
    for (const [name, value] of new FormData(this.form)) {
      if (ours.has(name) || value instanceof File) continue;
      (kept[name] ??= []).push(value);
    }
    return kept;
  }

  keep() {
    const text = JSON.stringify({ at: Date.now(), lock: this.lock(), fields: this.fields() });
    try {
      window.localStorage.setItem(this.name, text);
    } catch {
      // Storage is full or off: the house's own copy remains.
    }
  }

  forget() {
    window.localStorage.removeItem(this.name);
  }

  /** What is kept and differs from the page, or null. */
  found() {
    try {
      const kept = JSON.parse(window.localStorage.getItem(this.name));
      if (!kept || Date.now() - kept.at > fresh) return null;
      const here = this.fields();
      const names = Object.keys(kept.fields).filter((name) => name !== "lock");
      const differs = names.some((name) => JSON.stringify(kept.fields[name]) !== JSON.stringify(here[name] ?? []));
      return differs ? kept : null;
    } catch {
      return null;
    }
  }
}

/** Puts kept values into the form's fields; `refill` also renews rich text. With `some`, only the named ones. */
export function putBack(form, fields, refill, { some = false } = {}) {
  for (const element of form.elements) {
    const { name, type } = element;
    if (!name || ours.has(name) || name === "lock" || type === "file" || type === "submit") continue;
    if (some && !(name in fields)) continue;
    const values = fields[name];
    if (type === "checkbox" || type === "radio") element.checked = values?.includes(element.value) ?? false;
    else if (element.multiple) for (const option of element.options) option.selected = values?.includes(option.value) ?? false;
    else if (values && element.tagName === "TEXTAREA") refill(element, values[0]);
    else if (values) [element.value] = values;
  }
}
