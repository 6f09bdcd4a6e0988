// The list beside the map: what the form asks is fetched and put in place right here. htmx tells each part of the old
// list that it goes and writes the address before the new one is painted: on a slow phone that is most of the wait.
import { failed } from "../js/toast.js";

const TYPING = 250; // milliseconds without a letter
const LATER = 100; // milliseconds: once the list is painted, for to write an address takes as long as all the rest

export class List {
  constructor(form) {
    this.form = form;
    this.shown = location.search;
    form.addEventListener("change", ({ target }) => target.name && this.ask());
    form.addEventListener("seen", () => this.ask());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    const word = form.elements.q;
    // What was typed was asked for already; a change told once more on leaving would swap the list under the reader.
    word.addEventListener("change", (event) => event.stopPropagation());
    word.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.ask(), TYPING);
    });
    document.addEventListener("click", (event) => this.turn(event));
    addEventListener("popstate", () => location.search !== this.shown && location.reload());
    form.querySelector("[data-go]").hidden = true;
  }

  /** What is chosen, and nothing of what is left open. */
  ask() {
    clearTimeout(this.typing);
    const chosen = [...new FormData(this.form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    return this.show(new URLSearchParams(chosen).toString());
  }

  /** Another page of the same list; a key held asks for another tab, as with any link. */
  async turn(event) {
    const link = event.target.closest?.("#results .pager a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!(await this.show(new URL(link.href).search.slice(1)))) return;
    const list = document.querySelector("#results");
    list.tabIndex = -1;
    list.focus({ preventScroll: true });
    list.scrollIntoView();
  }

  /** True once the list of `query` stands there; false where another was asked for meanwhile, or none came. */
  async show(query) {
    this.under?.abort();
    const under = new AbortController();
    this.under = under;
    try {
      const response = await fetch(`${this.form.action}?${query}`, { headers: { "HX-Request": "true" }, signal: under.signal });
      if (!response.ok) return failed(response.status);
      this.put(await response.text());
    } catch (problem) {
      if (problem.name !== "AbortError") failed("offline");
      return false;
    }
    this.shown = query && `?${query}`;
    setTimeout(() => this.remember(under), LATER);
    return true;
  }

  put(html) {
    document.dispatchEvent(new CustomEvent("house:html"));
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#results");
    if (document.querySelector("[data-ready]")) reveal(fresh);
    document.querySelector("#results").replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("house:listed"));
  }

  remember(under) {
    if (under === this.under && location.search !== this.shown) history.pushState(null, "", (this.shown || location.pathname) + location.hash);
    document.dispatchEvent(new CustomEvent("house:remembered"));
  }
}

/** What only helps where a map moves. */
export function reveal(part) {
  for (const button of part.querySelectorAll("[data-show]")) button.hidden = false;
}
