// What was chosen on the map, in words: a small panel over it, read out when it changes.
export class Here {
  constructor(frame, words) {
    this.panel = frame.querySelector("[data-here]");
    this.address = frame.dataset.at;
    this.words = words;
    this.apart = document.body.classList.contains("embedded");
  }

  async open(ids, count, from) {
    this.from = from;
    const response = await fetch(`${this.address}?n=${ids.join(",")}`);
    if (!response.ok) return;
    const { items } = await response.json();
    const list = document.createElement("ul");
    list.append(...items.map((item) => this.row(item)));
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: this.words.close });
    close.addEventListener("click", () => this.close());
    const title = Object.assign(document.createElement("p"), {
      className: "atlas-map__many", textContent: this.words.many.replace("{count}", count),
    });
    this.panel.replaceChildren(...(count > 1 ? [title] : []), list, close);
    this.panel.hidden = false;
    this.panel.querySelector("a")?.focus();
  }

  row(item) {
    const row = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: item.url, textContent: item.name, lang: item.language });
    link.dir = "auto";
    if (this.apart) Object.assign(link, { target: "_blank", rel: "noopener" });
    const facts = Object.assign(document.createElement("span"), {
      className: "small", textContent: [item.kinds, item.address, item.open].filter(Boolean).join(" · "),
    });
    row.append(link, facts);
    return row;
  }

  close() {
    if (this.panel.hidden) return false;
    this.panel.hidden = true;
    this.from?.focus();
    return true;
  }
}
