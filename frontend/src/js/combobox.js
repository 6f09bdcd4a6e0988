// Suggestions under a search field: the WAI-ARIA editable combobox with a list.
// <input data-suggests="/search/suggest/"> finds [{"label", "kind", "url"}]; without
// JavaScript it is a plain field in a plain form.
const pause = 150;

class Suggestions {
  constructor(input, number) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${number}`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggestsLabel ?? "");
    this.list.hidden = true;
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("autocomplete", "off");
    this.at = -1;
    this.asked = 0;
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    input.form?.addEventListener("submit", () => this.close());
    // mousedown comes before blur: the list is still there to be chosen from.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.fetch(), pause);
  }

  async fetch() {
    const words = this.input.value.trim();
    this.asked += 1;
    const turn = this.asked;
    if (words.length < 2) return this.close();
    const address = `${this.input.dataset.suggests}?q=${encodeURIComponent(words)}`;
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || turn !== this.asked || document.activeElement !== this.input) return undefined;
    return this.show((await response.json()).items);
  }

  show(items) {
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...items.map((item, place) => this.option(item, place)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
  }

  option(item, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = item.url;
    const label = document.createElement("span");
    label.textContent = item.label;
    label.dir = "auto";
    const kind = document.createElement("span");
    kind.className = "suggestions__kind";
    kind.textContent = item.kind;
    option.append(label, kind);
    return option;
  }

  close() {
    window.clearTimeout(this.timer);
    this.asked += 1; // an answer still under way comes too late
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const options = [...this.list.children];
    if (this.list.hidden || options.length === 0) return this.fetch();
    options[this.at]?.setAttribute("aria-selected", "false");
    const places = options.length + 1;
    this.at = ((this.at + 1 + step + places) % places) - 1;
    const option = options[this.at];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    this.close();
    window.location.assign(option.dataset.url);
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.choose(this.list.children[this.at]);
    }
  }
}

[...document.querySelectorAll("[data-suggests]")].forEach((input, number) => new Suggestions(input, number));
