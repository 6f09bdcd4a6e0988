// The WAI-ARIA toolbar: one stop for Tab, arrows inside, Escape goes back to the text.
import { commands } from "./commands.js";

const groups = [
  ["heading", "subheading"],
  ["strong", "em", "link"],
  ["bullets", "numbers", "shallower", "deeper", "quote"],
  ["table", "rowAbove", "rowBelow", "columnBefore", "columnAfter", "headerRow", "deleteRow", "deleteColumn", "deleteTable"],
  ["undo", "redo"],
];
const words = { rowAbove: 1, rowBelow: 1, columnBefore: 1, columnAfter: 1, headerRow: 1, deleteRow: 1, deleteColumn: 1, deleteTable: 1 };
const shortcuts = { strong: "Control+B", em: "Control+I", link: "Control+K", undo: "Control+Z", redo: "Control+Y" };

function icon(sprite, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#editor-${name}`);
  svg.append(use);
  return svg;
}

export class Toolbar {
  constructor({ id, said, sprite, ask }) {
    this.said = said;
    this.sprite = sprite;
    this.ask = ask;
    this.buttons = new Map();
    this.dom = document.createElement("div");
    this.dom.className = "editor__toolbar";
    this.dom.setAttribute("role", "toolbar");
    this.dom.setAttribute("aria-label", said.toolbar);
    this.dom.setAttribute("aria-controls", id);
    for (const names of groups) this.dom.append(this.group(names));
    this.dom.addEventListener("keydown", (event) => this.key(event));
    // A press must not take the selection away from the text.
    this.dom.addEventListener("mousedown", (event) => event.preventDefault());
    this.stop([...this.buttons.values()][0]);
  }

  group(names) {
    const group = document.createElement("div");
    group.className = "editor__group";
    for (const name of names) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "editor__button";
      button.tabIndex = -1;
      button.dataset.command = name;
      if (words[name]) {
        button.textContent = this.said[name];
        button.classList.add("editor__button--word");
      } else {
        button.setAttribute("aria-label", this.said[name]);
        button.title = shortcuts[name] ? `${this.said[name]} (${shortcuts[name].replace("Control", "Ctrl")})` : this.said[name];
        button.append(icon(this.sprite, name));
      }
      if (shortcuts[name]) button.setAttribute("aria-keyshortcuts", shortcuts[name]);
      button.addEventListener("click", () => this.run(name));
      this.buttons.set(name, button);
      group.append(button);
    }
    return group;
  }

  run(name) {
    const { view } = this;
    if (this.buttons.get(name).getAttribute("aria-disabled") === "true") return;
    if (commands[name].asks) {
      this.ask();
      return;
    }
    commands[name].run(view.state, view.dispatch, view);
    view.focus();
  }

  update(state) {
    for (const [name, button] of this.buttons) {
      const command = commands[name];
      if (command.pressed) button.setAttribute("aria-pressed", String(command.pressed(state)));
      if (command.onlyIn) button.hidden = !command.onlyIn(state);
      button.setAttribute("aria-disabled", String(!command.asks && !command.run(state)));
    }
    if (this.stopped?.hidden) this.stop([...this.buttons.values()][0]);
  }

  shown() {
    return [...this.buttons.values()].filter((button) => !button.hidden);
  }

  stop(button) {
    if (this.stopped) this.stopped.tabIndex = -1;
    this.stopped = button;
    button.tabIndex = 0;
  }

  focus() {
    this.stopped.focus();
  }

  key(event) {
    const shown = this.shown();
    const at = shown.indexOf(document.activeElement);
    const step = getComputedStyle(this.dom).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: shown.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.stop(shown[(to + shown.length) % shown.length]);
      this.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.view.focus();
    }
  }
}
