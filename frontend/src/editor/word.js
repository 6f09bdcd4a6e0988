// What Word (desktop and web), LibreOffice and Google Docs put on the clipboard becomes plain
// headings, lists, tables and links. Everything here works on a detached document.
import { parse } from "./parsing.js";

const dropped = "style, title, meta, link, xml, script, img, svg, math, object, iframe, noscript, del, hr.msocomoff, "
  + ".MsoCommentReference, a.msocomanchor, .msocomtxt, .EOP, .CommentStart, [hidden]";

export function clean(html) {
  const levels = listLevels(html);
  const { body } = parse(unstyled(html));
  for (const element of body.querySelectorAll(dropped)) element.remove();
  for (const element of body.querySelectorAll("[data-style*='mso-element:comment']")) element.remove();
  for (const element of body.querySelectorAll("[data-style*='display:none'], [data-style*='display: none']")) element.remove();
  headings(body);
  wordLists(body, levels);
  webLists(body);
  emphasis(body);
  links(body);
  tables(body);
  unwrapForeign(body);
  unwrapBlocks(body);
  dropEmpty(body);
  for (const element of body.querySelectorAll("*")) keepAttributes(element);
  return body.innerHTML;
}

/** Styles are read here and handlers dropped, neither applied: the page's policy would report each of them. */
function unstyled(html) {
  return html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<\w[^>]*>/g, (tag) => tag.replace(/\s(style|on\w+)(?=\s*=)/gi, " data-$1"));
}

const style = (element) => element.dataset.style ?? "";
const blank = (text) => !text.replace(/[\s\u00a0\u200b\ufeff]/g, "");

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function rename(element, tag) {
  const other = element.ownerDocument.createElement(tag);
  for (const { name, value } of element.attributes) {
    if (!name.includes(":")) other.setAttribute(name, value);
  }
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

/** Word's style sheet tells of each list level whether it counts: `@list l0:level2 {…}`. */
function listLevels(html) {
  const levels = new Map();
  for (const [, list, level, rules] of html.matchAll(/@list\s+(l\d+):level(\d+)[^{]*\{([^}]*)\}/g)) {
    const format = /mso-level-number-format:\s*([\w-]+)/.exec(rules)?.[1] ?? "decimal";
    levels.set(`${list} ${level}`, format === "bullet" ? "ul" : "ol");
  }
  return levels;
}

/** Headings that only a class or a role tells of. */
function headings(body) {
  for (const element of body.querySelectorAll("p, div")) {
    const named = /(?:^|\s)(?:MsoHeading|Heading)(\d)(?:\s|$)/.exec(element.className);
    const level = element.getAttribute("role") === "heading"
      ? Number(element.getAttribute("aria-level") ?? 2)
      : /\bMsoTitle/.test(element.className) ? 1 : Number(named?.[1] ?? 0);
    if (level) rename(element, `h${Math.min(level, 6)}`);
  }
  // Our first level is h2: a text that begins at h1 moves down as a whole and keeps its order.
  if (!body.querySelector("h1")) return;
  for (const element of [...body.querySelectorAll("h1, h2, h3, h4, h5")]) {
    rename(element, `h${Math.min(Number(element.tagName[1]) + 1, 4)}`);
  }
}

/** One item of Word's flat lists: how deep it stands, and whether it is counted. */
function itemOf(element, levels) {
  const told = /mso-list:\s*(l\d+)\s+level(\d+)/.exec(style(element));
  if (!told || !/^(P|DIV|H[1-6])$/.test(element.tagName)) return null;
  const marker = element.querySelector("[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']");
  const sign = (marker?.textContent ?? "").replace(/[\s\u00a0]/g, "");
  marker?.remove();
  const counted = /^\(?([0-9]+|[a-z]{1,5})[.)]$/i.exec(sign);
  // A heading that is numbered by a list stays a heading.
  if (element.tagName.startsWith("H")) return null;
  const tag = levels.get(`${told[1]} ${told[2]}`) ?? (counted ? "ol" : "ul");
  return { list: told[1], level: Number(told[2]), tag, start: Number(counted?.[1]) || 1 };
}

/** Paragraphs marked `mso-list` become nested lists; a new list begins where the list changes. */
function wordLists(body, levels) {
  let open = [];
  let last = null;
  for (const element of [...body.querySelectorAll("[data-style*='mso-list']")]) {
    const item = itemOf(element, levels);
    if (!item) continue;
    if (last && !follows(element, open[0].list)) open = [];
    if (open.length && item.level === 1 && open[0].item.list !== item.list) open = [];
    while (open.length && open.at(-1).item.level > item.level) open.pop();
    if (open.length && open.at(-1).item.level === item.level && open.at(-1).item.tag !== item.tag) {
      open.pop();
      place(open, element, item);
    } else if (!open.length || open.at(-1).item.level < item.level) {
      place(open, element, item);
    }
    const entry = element.ownerDocument.createElement("li");
    const paragraph = element.ownerDocument.createElement("p");
    paragraph.append(...element.childNodes);
    entry.append(paragraph);
    open.at(-1).list.append(entry);
    element.remove();
    last = entry;
  }
}

/** Opens a list for the item: inside the item above it, or where its paragraph stood. */
function place(open, element, item) {
  const list = element.ownerDocument.createElement(item.tag);
  if (item.tag === "ol" && item.start > 1) list.setAttribute("start", item.start);
  const parent = open.at(-1)?.list.lastElementChild;
  if (parent) parent.append(list);
  else element.before(list);
  open.push({ list, item });
}

/** Does the paragraph stand right behind the list, with nothing but white space between? */
function follows(element, list) {
  let before = element.previousSibling;
  while (before && before !== list && blank(before.textContent) && before.nodeName !== "TABLE") {
    before = before.previousSibling;
  }
  return before === list;
}

/** Word for the web gives each item a list of its own and tells its depth in an attribute. */
function webLists(body) {
  for (const wrapper of body.querySelectorAll("div.ListContainerWrapper")) unwrap(wrapper);
  for (const first of [...body.querySelectorAll("ul, ol")]) {
    const leading = first.querySelector(":scope > li[data-aria-level]");
    if (!leading || !first.isConnected) continue;
    const run = [first];
    for (let next = first.nextElementSibling; next?.matches("ul, ol") && next.querySelector(":scope > li[data-aria-level]"); next = next.nextElementSibling) run.push(next);
    nest(first, run);
  }
}

function nest(anchor, run) {
  const open = [];
  const holder = anchor.ownerDocument.createDocumentFragment();
  for (const list of run) {
    for (const item of [...list.children].filter(({ tagName }) => tagName === "LI")) {
      const level = Number(item.dataset.ariaLevel || 1);
      const tag = list.tagName.toLowerCase();
      while (open.length && (open.at(-1).level > level || (open.at(-1).level === level && open.at(-1).tag !== tag))) open.pop();
      if (!open.length || open.at(-1).level < level) {
        const made = anchor.ownerDocument.createElement(tag);
        if (tag === "ol" && list.start > 1) made.setAttribute("start", list.start);
        (open.at(-1)?.list.lastElementChild ?? holder).append(made);
        open.push({ list: made, level, tag });
      }
      open.at(-1).list.append(item);
    }
  }
  anchor.before(holder);
  for (const list of run) list.remove();
}

/** Bold, italic and raised text that is told by style alone. */
function emphasis(body) {
  for (const element of body.querySelectorAll("b, strong")) {
    if (/(?:^|[;\s])font-weight:\s*(normal|400)/.test(style(element))) unwrap(element);
  }
  for (const element of body.querySelectorAll("span[data-style]")) {
    const told = style(element);
    if (/(?:^|[;\s])font-weight:\s*(bold|[6-9]00)/.test(told)) wrapIn(element, "strong");
    if (/font-style:\s*italic/.test(told)) wrapIn(element, "em");
    if (/vertical-align:\s*super/.test(told)) wrapIn(element, "sup");
    if (/vertical-align:\s*sub/.test(told)) wrapIn(element, "sub");
  }
}

function wrapIn(element, tag) {
  if (element.closest(tag) || blank(element.textContent)) return;
  const wrapper = element.ownerDocument.createElement(tag);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

/** Bookmarks and links into the Word file itself are rubbish; web addresses stay. */
function links(body) {
  for (const element of body.querySelectorAll("a")) {
    if (!/^(https?:|mailto:|tel:)/i.test((element.getAttribute("href") ?? "").trim())) unwrap(element);
  }
}

function tables(body) {
  for (const cell of body.querySelectorAll("thead td, td[role='columnheader'], td[role='rowheader']")) rename(cell, "th");
  for (const caption of body.querySelectorAll("caption")) {
    const table = caption.closest("table");
    table.before(rename(caption, "p"));
  }
}

/** `o:p`, `st1:place`, `w:sdt`, `v:shape`, `font`, `span`, `ins`: the words stay, the tag goes. */
function unwrapForeign(body) {
  for (const element of [...body.querySelectorAll("*")]) {
    if (element.localName.includes(":") || /^(span|font|ins|u|big|small|center|section|article|mark)$/.test(element.localName)) unwrap(element);
  }
}

/** A `div` that holds blocks goes; one that holds text becomes a paragraph. */
function unwrapBlocks(body) {
  for (const element of [...body.querySelectorAll("div")].reverse()) {
    if (element.querySelector("p, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre")) unwrap(element);
    else rename(element, "p");
  }
}

function dropEmpty(body) {
  for (const line of body.querySelectorAll(":scope > br")) line.remove();
  for (const element of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, li, b, strong, i, em, a, sup, sub")].reverse()) {
    if (!blank(element.textContent) || element.querySelector("table, hr")) continue;
    if (element.tagName !== "P" && element.querySelector("br")) continue;
    if (element.tagName === "P" && element.closest("td, th") && element.parentElement.childElementCount === 1) continue;
    element.remove();
  }
}

const kept = { A: ["href"], OL: ["start"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"] };

function keepAttributes(element) {
  for (const { name } of [...element.attributes]) {
    if (!kept[element.tagName]?.includes(name)) element.removeAttribute(name);
  }
}
