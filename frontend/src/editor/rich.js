// A textarea marked `data-editor` becomes a rich text editor and stays the field that is sent.
import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, Plugin } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { commands } from "./commands.js";
import { LinkDialog } from "./linking.js";
import { bodyOf } from "./parsing.js";
import { read, schema, write } from "./schema.js";
import { Toolbar } from "./toolbar.js";
import { clean } from "./word.js";

const { nodes } = schema;
const editors = new Map();
let dialog;

const rules = inputRules({
  rules: [
    wrappingInputRule(/^\s*([-*•])\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d+)[.)]\s$/, nodes.ordered_list, ([, start]) => ({ start: Number(start) }),
      ([, start], node) => node.childCount + node.attrs.start === Number(start)),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, ([, marks]) => ({ level: marks.length })),
  ],
});

const newLine = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

function keys(toolbar) {
  const ask = () => {
    toolbar.ask();
    return true;
  };
  const toToolbar = () => {
    toolbar.focus();
    return true;
  };
  return keymap({
    "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
    "Mod-b": commands.strong.run, "Mod-i": commands.em.run, "Mod-k": ask,
    "Mod-Alt-2": commands.heading.run, "Mod-Alt-3": commands.subheading.run,
    "Mod-Shift-7": commands.numbers.run, "Mod-Shift-8": commands.bullets.run,
    "Mod-]": sinkListItem(nodes.list_item), "Mod-[": liftListItem(nodes.list_item),
    Enter: splitListItem(nodes.list_item), "Shift-Enter": newLine,
    // Outside a table Tab leaves the editor, as it leaves every other field.
    Tab: goToNextCell(1), "Shift-Tab": goToNextCell(-1),
    "Alt-F10": toToolbar,
  });
}

/** Copies the text into its field a moment after the last key, and tells the form. */
function keeping(textarea) {
  let timer = 0;
  let view;
  const keep = () => {
    window.clearTimeout(timer);
    const html = write(view.state.doc);
    if (html === textarea.value) return;
    textarea.value = html;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const plugin = new Plugin({
    view(made) {
      view = made;
      return {
        update(_view, before) {
          if (before.doc.eq(view.state.doc)) return;
          window.clearTimeout(timer);
          timer = window.setTimeout(keep, 200);
        },
      };
    },
  });
  return { plugin, keep };
}

function stateOf(text, plugins) {
  return EditorState.create({ doc: read(bodyOf(text)), plugins });
}

export function enrich(textarea, said, sprite) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const id = `${textarea.id}-editor`;
  dialog ??= new LinkDialog(said);
  const toolbar = new Toolbar({ id, said, sprite, ask: () => dialog.open(toolbar.view) });
  const { plugin, keep } = keeping(textarea);
  const following = new Plugin({ view: () => ({ update: (view) => toolbar.update(view.state) }) });
  const plugins = [rules, keys(toolbar), keymap(baseKeymap), history(), gapCursor(), tableEditing(), plugin, following];
  const attributes = {
    id, class: "editor__text prose", role: "textbox", "aria-multiline": "true", dir: "auto",
    "aria-label": `${label?.textContent.trim() ?? ""}. ${said.help}`,
  };
  if (textarea.lang) attributes.lang = textarea.lang;
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  const frame = document.createElement("div");
  frame.className = "editor";
  const view = new EditorView({ mount: frame.appendChild(document.createElement("div")) }, {
    state: stateOf(textarea.value, plugins),
    attributes,
    transformPastedHTML: clean,
    handleDOMEvents: { blur: () => keep() },
  });
  toolbar.view = view;
  frame.prepend(toolbar.dom);
  const isWriting = document.activeElement === textarea; // somebody was faster than this script
  textarea.before(frame);
  textarea.hidden = true;
  if (isWriting) view.focus();
  label?.addEventListener("click", (event) => {
    event.preventDefault();
    view.focus();
  });
  // An error summary links to the field's own id.
  textarea.addEventListener("focus", () => view.focus());
  toolbar.update(view.state);
  editors.set(textarea, { keep, view, plugins });
}

/** Brings every field up to date before it is read. */
export function keepAll() {
  for (const { keep } of editors.values()) keep();
}

/** Puts kept text back into a field and its editor. */
export function refill(textarea, text) {
  textarea.value = text;
  const editor = editors.get(textarea);
  if (editor) editor.view.updateState(stateOf(text, editor.plugins));
}

/** Focus for a field that may be hidden behind its editor. */
export function focusField(element) {
  const editor = editors.get(element);
  (editor?.view ?? element).focus();
}
