// One dialog for the addresses of links; a native <dialog> traps focus and gives it back.
import { linkAround, setLink } from "./commands.js";

function field(label, type) {
  const wrapper = document.createElement("label");
  wrapper.className = "field";
  const name = document.createElement("span");
  name.textContent = label;
  const input = document.createElement("input");
  input.type = type;
  wrapper.append(name, input);
  return { wrapper, input };
}

function button(text, kind) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${kind}`;
  made.textContent = text;
  return made;
}

/** Web and mail addresses as people type them; anything else is refused. */
export function addressOf(typed) {
  const value = typed.trim();
  if (/^(https?:\/\/|mailto:|tel:)\S+$/i.test(value)) return value;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(value)) return `mailto:${value}`;
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#]\S*)?$/u.test(value) ? `https://${value}` : "";
}

export class LinkDialog {
  constructor(said) {
    this.dom = document.createElement("dialog");
    this.dom.className = "dialog editor__linking";
    this.dom.setAttribute("aria-label", said.link);
    const address = field(said.address, "url");
    const text = field(said.linkText, "text");
    this.address = address.input;
    this.text = text.input;
    this.textField = text.wrapper;
    this.wrong = document.createElement("p");
    this.wrong.className = "field__error";
    this.wrong.id = "editor-link-wrong";
    this.wrong.setAttribute("role", "alert");
    this.address.setAttribute("aria-describedby", this.wrong.id);
    this.refusal = said.wrongAddress;
    const actions = document.createElement("div");
    actions.className = "form__actions";
    const set = button(said.setLink, "button--primary");
    this.remove = button(said.removeLink, "button--danger");
    const close = button(said.cancel, "button--quiet");
    actions.append(set, this.remove, close);
    this.dom.append(address.wrapper, this.wrong, text.wrapper, actions);
    set.addEventListener("click", () => this.set());
    this.remove.addEventListener("click", () => this.finish(""));
    close.addEventListener("click", () => this.dom.close());
    this.dom.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.tagName === "INPUT") {
        event.preventDefault();
        this.set();
      }
    });
    this.dom.addEventListener("close", () => this.view.focus());
    document.body.append(this.dom);
  }

  open(view) {
    this.view = view;
    this.range = linkAround(view.state);
    this.address.value = this.range.href;
    this.text.value = this.range.text;
    this.textField.hidden = this.range.from !== this.range.to;
    this.remove.hidden = !this.range.href;
    this.wrong.textContent = "";
    this.dom.showModal();
    this.address.focus();
  }

  set() {
    const href = addressOf(this.address.value);
    if (href) {
      this.finish(href);
      return;
    }
    this.wrong.textContent = this.refusal;
    this.address.setAttribute("aria-invalid", "true");
    this.address.focus();
  }

  finish(href) {
    this.address.removeAttribute("aria-invalid");
    this.dom.close();
    setLink(this.view, this.range, href, this.text.value.trim());
  }
}
