// What an author may write: exactly what the server's sanitiser keeps.
import { DOMParser as Reader, DOMSerializer, Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

const heading = (level) => ({ tag: `h${level}`, attrs: { level } });

const nodes = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    attrs: { level: { default: 2 } },
    content: "inline*",
    group: "block",
    defining: true,
    parseDOM: [
      { tag: "h1", attrs: { level: 2 } }, heading(2), heading(3), heading(4),
      { tag: "h5", attrs: { level: 4 } }, { tag: "h6", attrs: { level: 4 } },
    ],
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  blockquote: { content: "block+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: {
    attrs: { start: { default: 1 } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: dom.start || 1 }) }],
    toDOM: ({ attrs }) => (attrs.start === 1 ? ["ol", 0] : ["ol", { start: attrs.start }, 0]),
  },
  list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  code_block: {
    content: "text*", marks: "", group: "block", code: true, defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", 0],
  },
  horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  ...tableNodes({ tableGroup: "block", cellContent: "block+", cellAttributes: {} }),
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
};

const mark = (name, ...rules) => ({ parseDOM: [{ tag: name }, ...rules], toDOM: () => [name, 0] });

const marks = {
  link: {
    attrs: { href: {}, title: { default: null } },
    inclusive: false,
    parseDOM: [{
      tag: "a[href]",
      getAttrs: (dom) => /^(https?:|mailto:|tel:)/i.test(dom.getAttribute("href").trim())
        && { href: dom.getAttribute("href").trim(), title: dom.getAttribute("title") },
    }],
    toDOM: ({ attrs: { href, title } }) => ["a", title ? { href, title } : { href }, 0],
  },
  strong: mark("strong", { tag: "b" }),
  em: mark("em", { tag: "i" }),
  sub: mark("sub"),
  sup: mark("sup"),
  code: mark("code"),
};

export const schema = new Schema({ nodes, marks });
const serializer = DOMSerializer.fromSchema(schema);

/** The document of a parsed body. */
export const read = (body) => Reader.fromSchema(schema).parse(body);

/** HTML of the document; an empty one is an empty string. */
export function write(doc) {
  if (doc.childCount === 1 && doc.firstChild.isTextblock && doc.firstChild.content.size === 0) return "";
  const holder = document.createElement("div");
  holder.append(serializer.serializeFragment(doc.content));
  return holder.innerHTML;
}
