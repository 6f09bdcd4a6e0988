"""The HTML of a mail as plain text in which quotes and signatures can be told from what was written.

Quotes get `>` before each line, as in plain mails. Where a mail program marks by its own means that a
quote or a signature begins, a line of its own says so; the cutter knows both.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from house.ground.text import clean

PARAGRAPH = "\n\n"
QUOTE_HERE, SIGNATURE_HERE = "\ue000quote", "-- "
MAX_NODES, MAX_DEPTH = 60_000, 600
_BLOCKS = {
    "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "section", "article",
    "header", "footer", "address", "pre", "hr", "center",
}  # fmt: skip
_SILENT = {"script", "style", "head", "title", "template", "svg", "math", "object", "noscript"}
_QUOTE_IDS = {
    "divrplyfwdmsg",
    "appendonsend",
    "mail-editor-reference-message-container",
    "replywithsignature",
}
_QUOTE_CLASSES = {
    "yahoo_quoted",
    "zmail_extra",
    "gmx_quote",
    "x_divrplyfwdmsg",
    "ms-outlook-mobile-reference-message",
}
_SIGNATURES = {
    "gmail_signature",
    "gmail_signature_prefix",
    "moz-signature",
    "signature",
    "protonmail_signature_block",
}
_OUTLOOK_LINE = re.compile(r"border:\s*none;\s*border-top:\s*solid", re.IGNORECASE)
_TAG, _TAG_BEGIN = (
    re.compile(r"<[^<>]{0,2000}>"),
    re.compile(r"<(/?)([a-z][a-z0-9]{0,20})", re.IGNORECASE),
)
_UNCLOSED = {
    "br", "img", "hr", "meta", "input", "link", "p", "li", "td", "tr", "th", "dt", "dd", "col", "wbr", "o",
    "option",
}  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")
_BLANKS = re.compile(r"\n{3,}")


def to_lines(html: str) -> str:
    html = html[:2_000_000]
    if _is_bomb(html):
        # Building its tree would take minutes. What is written in it is kept, however it looks.
        return _BLANKS.sub("\n\n", clean(_TAG.sub(" ", html)))[:200_000]
    tree = LexborHTMLParser(html)
    body = tree.body
    if body is None:
        return ""
    out: list[str] = [""]
    for depth, words in _pieces(body):
        if words is None or words == PARAGRAPH:
            if out[-1].strip("> "):
                out.append("")
            if words and len(out) > 1 and out[-2].strip("> "):
                out += [""]
            continue
        if not out[-1]:
            out[-1] = ">" * depth + (" " if depth else "")
            words = words.lstrip(" ")  # noqa: PLW2901 -- no space begins a line
        elif depth != len(out[-1]) - len(out[-1].lstrip(">")):
            out.append(">" * depth + (" " if depth else ""))
        for number, line in enumerate(words.split("\n")):
            if number:
                out.append(">" * depth + (" " if depth else ""))
            out[-1] += line
    return _BLANKS.sub(
        "\n\n", clean("\n".join(line.rstrip() if line != SIGNATURE_HERE else line for line in out))
    )


def _is_bomb(html: str) -> bool:
    depth = 0
    for count, found in enumerate(_TAG_BEGIN.finditer(html)):
        if found[2].lower() not in _UNCLOSED:
            depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > MAX_DEPTH or count > MAX_NODES:
            return True
    return False


def _pieces(node: LexborNode) -> Iterator[tuple[int, str | None]]:
    """(depth of quoting, words), or None for the end of a line. Without recursion: a page may be deep."""
    left = MAX_NODES
    stack: list[tuple[LexborNode | str, int]] = [
        (child, 0) for child in reversed(list(node.iter(include_text=True)))
    ]
    while stack and left:
        left -= 1
        each, depth = stack.pop()
        if isinstance(each, str):
            yield depth, None if each == "\n" else each
            continue
        tag = each.tag
        if tag == "-text":
            came = (each.text_content or "").replace("\ue000", "")
            if "\u00a0" in came and not came.strip():
                yield depth, PARAGRAPH  # Outlook's empty line
            elif words := _SPACES.sub(" ", came):
                yield depth, words
            continue
        if tag in _SILENT or tag is None or tag.startswith(("-", "_", "!")):
            continue
        if tag == "br":
            yield depth, "\n"
            continue
        is_block = tag in _BLOCKS or tag == "blockquote"
        inside = depth + (tag == "blockquote" and depth < 20)
        if is_block:
            is_spaced = tag == "p" and "mso" not in (each.attributes.get("class") or "").lower()
            stack.append((PARAGRAPH if is_spaced else "\n", depth))
        for child in reversed(list(each.iter(include_text=True))):
            stack.append((child, inside))
        if is_block:
            yield depth, None
        yield from _marks(each, depth)


def _marks(node: LexborNode, depth: int) -> Iterator[tuple[int, str | None]]:
    told = node.attributes
    name = (told.get("id") or "").lower().removeprefix("x_")
    classes = {each.lower().removeprefix("x_") for each in (told.get("class") or "").split()}
    if depth == 0 and (
        name in _QUOTE_IDS
        or classes & _QUOTE_CLASSES
        or _OUTLOOK_LINE.search(told.get("style") or "")
    ):
        yield depth, None
        yield depth, QUOTE_HERE
        yield depth, None
    elif depth == 0 and (
        name == "signature"
        or name.startswith("ms-outlook-mobile-signature")
        or classes & _SIGNATURES
    ):
        yield depth, None
        yield depth, SIGNATURE_HERE
        yield depth, None
