"""The one place where foreign HTML becomes ours."""

import html
import re
from urllib.parse import urlsplit

import nh3

from house.ground.text import clean

TAGS = {
    "p", "br", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "sub", "sup", "code", "pre",
    "a", "table", "caption", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
_RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4"}
_RENAME = re.compile(r"<(/?)(b|i|h1|h5|h6)(?=[\s>/])", re.IGNORECASE)
_BLOCK_END = re.compile(
    r"</(?:p|h[2-4]|li|tr|blockquote|pre|table|caption)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE
)
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)
_BLANKS = re.compile(r"\n{3,}")


def sanitise(value: str) -> str:
    """HTML with only our tags and attributes; safe to show to anybody on any of our pages."""
    value = _RENAME.sub(lambda tag: f"<{tag[1]}{_RENAMED[tag[2].lower()]}", clean(value))
    return nh3.clean(
        value,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        clean_content_tags={
            "script",
            "style",
            "title",
            "template",
            "svg",
            "math",
            "object",
            "iframe",
        },
        strip_comments=True,
    ).strip()


def to_text(value: str) -> str:
    """The words of sanitised HTML: a line for each block, cells parted by a tab."""
    value = _CELL_END.sub("\t", _BLOCK_END.sub("\n", value))
    lines = html.unescape(nh3.clean(value, tags=set())).split("\n")
    return _BLANKS.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def paragraphs(value: str) -> str:
    """HTML for plain text: a paragraph where a line is empty, a break where it ends."""
    blocks = [block for block in re.split(r"\n\s*\n", clean(value).strip()) if block.strip()]
    return "".join(
        f"<p>{html.escape(block.strip()).replace(chr(10), '<br>')}</p>" for block in blocks
    )


def safe_url(value: str) -> str:
    """The address if it is an absolute web address, else an empty string."""
    value = value.strip()
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in {"http", "https"} and parts.hostname else ""
