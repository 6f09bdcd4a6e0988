// Saves the whole form a few seconds after the last key and when a field is left. The answer of
// the house is shown in words; whatever goes wrong, the text stays in the page and in this browser.
import { Backup, putBack } from "./backup.js";
import { keepAll, refill } from "./rich.js";

const pause = 3000;

export class Autosave {
  constructor(form, said) {
    this.form = form;
    this.said = said;
    this.backup = new Backup(form);
    this.status = form.querySelector("[data-saved]");
    this.dirty = false;
    this.sending = false;
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("focusout", () => this.dirty && this.save());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.leaving = this.stopped = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.leaving) {
        keepAll();
        this.backup.keep();
        event.preventDefault();
      }
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.dirty) this.save();
    });
  }

  /** One save at a time: a form sent beside a running save would look like a second writer's. */
  submitted(event) {
    keepAll();
    this.backup.keep();
    if (this.sending) {
      event.preventDefault();
      const { submitter } = event;
      this.running.then(() => this.form.requestSubmit(submitter));
      return;
    }
    this.leaving = this.stopped = true;
    window.clearTimeout(this.timer);
  }

  say(text, kind = "") {
    if (!this.status) return;
    // Only what went wrong is announced: nobody wants to hear "saved" every few seconds.
    if (kind === "error") this.status.setAttribute("role", "alert");
    else this.status.removeAttribute("role");
    this.status.textContent = text;
    this.status.dataset.kind = kind;
  }

  /** Puts kept text back where the draft stands still; where it went on meanwhile, asks first. */
  restore() {
    const kept = this.backup.found();
    if (!kept && this.form.dataset.unsaved === undefined) this.backup.forget();
    else if (!kept) this.changed();
    else if (kept.lock === this.backup.lock()) this.putBackNow(kept);
    else this.offer(kept);
  }

  putBackNow(kept) {
    const before = this.backup.fields();
    putBack(this.form, kept.fields, refill);
    this.note(this.said.restored, kept, [
      [this.said.undoRestore, () => {
        putBack(this.form, before, refill);
        this.backup.forget();
      }],
    ]);
    this.changed();
  }

  offer(kept) {
    this.note(this.said.found, kept, [
      [this.said.putBack, () => {
        putBack(this.form, kept.fields, refill);
        this.changed();
      }],
      [this.said.forget, () => this.backup.forget()],
    ]);
  }

  /** A notice above the form with buttons; each does its work and closes it. */
  note(sentence, kept, choices) {
    const at = new Date(kept.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const box = document.createElement("div");
    box.className = "notice notice--good conflict";
    box.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = sentence.replace("{time}", at);
    box.append(text);
    for (const [label, act] of choices) {
      box.append(this.choice(label, () => {
        act();
        box.remove();
      }));
    }
    this.form.prepend(box);
  }

  changed() {
    this.dirty = true;
    window.clearTimeout(this.keeping);
    this.keeping = window.setTimeout(() => this.backup.keep(), 400);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), pause);
  }

  body() {
    keepAll();
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  save() {
    window.clearTimeout(this.timer);
    if (!this.sending && !this.stopped) this.running = this.send();
  }

  async send() {
    this.sending = true;
    this.dirty = false;
    this.say(this.said.saving);
    const body = this.body();
    try {
      const response = await fetch(this.form.dataset.autosave, {
        method: "POST", body, credentials: "same-origin", redirect: "manual",
        headers: { Accept: "application/json" },
      });
      await this.answered(response);
    } catch {
      this.failed(this.said.offline);
    } finally {
      this.sending = false;
      if (this.dirty && !this.stopped) this.timer = window.setTimeout(() => this.save(), pause);
    }
  }

  failed(sentence) {
    this.dirty = true;
    this.backup.keep();
    this.say(sentence, "error");
  }

  async answered(response) {
    if (response.ok) {
      const answer = await response.json();
      this.setLock(answer.lock);
      this.say(this.said.saved.replace("{time}", answer.saved), "good");
      this.progress(answer.done ?? {});
      if (!this.dirty) this.backup.forget();
      if (answer.copy) this.conflict(answer.copy);
    } else if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.failed(this.said.signedOut);
      this.stopped = true;
      this.offerSignIn();
    } else if (response.status === 404) {
      this.failed(this.said.gone);
      this.stopped = true;
    } else if (response.status === 429) {
      this.failed(this.said.slower);
    } else {
      this.failed(this.said.offline);
    }
  }

  setLock(lock) {
    const field = this.form.elements.lock;
    if (field && lock !== undefined) field.value = lock;
  }

  offerSignIn() {
    const link = document.createElement("a");
    link.href = this.form.dataset.signIn;
    link.textContent = this.said.signIn;
    link.addEventListener("click", () => {
      this.backup.keep();
      this.leaving = true;
    });
    this.status.append(" ", link);
  }

  /** Ticks the sections that ask for nothing any more. */
  progress(done) {
    for (const [anchor, finished] of Object.entries(done)) {
      document.querySelector(`[data-section="${CSS.escape(anchor)}"]`)?.classList.toggle("is-done", finished);
    }
  }

  /** Somebody else (or another window) saved meanwhile. The house keeps both; the writer chooses. */
  conflict({ theirs, who }) {
    this.form.querySelector(".conflict")?.remove();
    const box = document.createElement("section");
    box.className = "notice notice--warn conflict";
    box.tabIndex = -1;
    const title = document.createElement("h2");
    title.textContent = this.said.conflict.replace("{who}", who);
    box.append(title);
    const mine = this.backup.fields();
    for (const [name, values] of Object.entries(theirs)) {
      const element = [...this.form.elements].find((field) => field.name === name);
      if (element) box.append(this.bothTexts(element, values.join(", "), (mine[name] ?? []).join(", ")));
    }
    box.append(
      this.choice(this.said.keepMine, () => box.remove()),
      this.choice(this.said.takeTheirs, () => {
        putBack(this.form, theirs, refill, { some: true });
        box.remove();
        this.changed();
        this.save();
      }),
    );
    this.form.prepend(box);
    box.focus();
  }

  choice(text, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  }

  bothTexts(element, theirs, mine) {
    const group = document.createElement("dl");
    group.className = "conflict__texts";
    const label = this.form.querySelector(`label[for="${CSS.escape(element.id)}"]`)?.textContent.trim() ?? element.name;
    for (const [who, text] of [[this.said.theirs, theirs], [this.said.mine, mine]]) {
      const term = document.createElement("dt");
      term.textContent = `${label}: ${who}`;
      const words = document.createElement("dd");
      words.textContent = text.replace(/<[^>]+>/g, " ").trim() || "–";
      words.dir = "auto";
      group.append(term, words);
    }
    return group;
  }
}
