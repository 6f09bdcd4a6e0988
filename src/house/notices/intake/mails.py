"""Takes a mail apart, whatever its shape: bounded in depth, number and size, and never with an exception."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

import charset_normalizer

from house.ground.text import clean, one_line

MAX_PARTS, MAX_DEPTH = 200, 12
MAX_WORDS = 1_000_000  # letters of text and of HTML
MAX_FILES, MAX_FILE = 10, 10 * 1024 * 1024
LOGO = 60_000  # bytes: a small picture shown inside the text is part of a signature
_NESTING = re.compile(
    rb"^content-type:\s*(?:multipart/|message/rfc822)", re.IGNORECASE | re.MULTILINE
)
# Codecs for names of domains: their time grows with the square of a text, so a mail could take hours.
_SLOW = {"punycode", "idna"}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(slots=True)
class Taken:
    """`doubts` are sentences' keys: why not all of the mail could be read."""

    headers: Message
    text: str = ""
    html: str = ""
    calendars: list[tuple[str, bytes]] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    is_cut_short: bool = False
    is_report: bool = False
    has_tnef: bool = False

    def header(self, name: str) -> str:
        return header_text(self.headers.get(name))

    def headers_named(self, name: str) -> list[str]:
        return [header_text(each) for each in self.headers.get_all(name, [])]

    @property
    def message_id(self) -> str:
        return self.header("Message-ID").strip().strip("<>")[:200]

    @property
    def senders(self) -> list[str]:
        """Every address that claims to be the writer, in small letters: more than one is no honest mail."""
        return [
            address.strip().lower()
            for _name, address in getaddresses(self.headers_named("From")[:5])
            if "@" in address
        ]


def header_text(value: object) -> str:
    """One line of text, whatever it was encoded as."""
    if value is None:
        return ""
    raw = str(value)[:20_000]
    try:
        parts = [
            part if isinstance(part, str) else _decoded(part, charset)
            for part, charset in decode_header(raw)
        ]
    except (ValueError, LookupError, email.errors.HeaderParseError):
        parts = [raw]
    return one_line("".join(parts))


def take_apart(raw: bytes) -> Taken:
    # Reading nested parts takes a frame of Python's stack for each: a bomb is not even begun.
    if len(_NESTING.findall(raw)) > MAX_PARTS:
        head = raw.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
        return Taken(_parsed(head + b"\n\n"), is_cut_short=True)
    try:
        message = _parsed(raw)
        taken = Taken(message)
        _gather(taken, message)
    except (
        RecursionError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
    ):
        # What Python's own reader trips over. The raw mail stays, and its sender is asked.
        return Taken(_parsed(b"\n\n"), is_cut_short=True)
    return taken


def _parsed(raw: bytes) -> Message:
    # compat32 reads what the newer policy refuses to.
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def _gather(taken: Taken, message: Message) -> None:
    texts, pages, size = [], [], 0
    for count, (depth, part) in enumerate(_walk(message)):
        if count >= MAX_PARTS or depth > MAX_DEPTH or size > MAX_WORDS:
            taken.is_cut_short = True
            break
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            taken.is_report = True
        if part.is_multipart():
            continue
        if kind in _TNEF or _file_name(part).lower() == "winmail.dat":
            taken.has_tnef = True
        elif kind == "text/calendar":
            taken.calendars.append((_parameter(part, "method").upper(), _bytes(part)))
        elif kind in {"text/plain", "text/html"} and not _is_file(part):
            words = _words(part)
            size += len(words)
            (texts if kind == "text/plain" else pages).append(words[:MAX_WORDS])
        else:
            _file(taken, part)
    taken.text, taken.html = "\n".join(texts), "\n".join(pages)


def _walk(message: Message, depth: int = 0) -> Iterator[tuple[int, Message]]:
    """Without going into a mail that is attached: what stands in it, somebody else may have written."""
    yield depth, message
    if depth > MAX_DEPTH or message.get_content_type() in {
        "message/rfc822",
        "message/delivery-status",
    }:
        return
    if message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _walk(part, depth + 1)


def _is_file(part: Message) -> bool:
    told = header_text(part.get("Content-Disposition")).lower()
    return told.startswith("attachment")


def _parameter(part: Message, name: str) -> str:
    found = part.get_param(name)
    if isinstance(found, tuple):
        found = found[2]
    return one_line(str(found or ""))


def _bytes(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return (
        found
        if isinstance(found, bytes)
        else str(part.get_payload() or "").encode("utf-8", "replace")
    )


def _words(part: Message) -> str:
    words = clean(_decoded(_bytes(part)[: 4 * MAX_WORDS], _parameter(part, "charset")))
    if _parameter(part, "format").lower() == "flowed":
        words = _unflowed(words, joins_letters=_parameter(part, "delsp").lower() == "yes")
    return words


def _decoded(raw: bytes, charset: str | None) -> str:
    """By what it says it is, else by what it looks like."""
    name = {"ks_c_5601-1987": "cp949", "gb2312": "gb18030", "unicode-1-1-utf-7": "utf-7"}.get(
        (charset or "").lower(), charset or ""
    )
    for each in (name, "utf-8"):
        try:
            if each and codecs.lookup(each).name not in _SLOW:
                return raw.decode(each)
        except (LookupError, UnicodeError, ValueError):
            continue
    best = charset_normalizer.from_bytes(raw[:20_000]).best()
    return raw.decode(best.encoding if best else "cp1252", "replace")


def _unflowed(words: str, *, joins_letters: bool) -> str:
    """RFC 3676: a line that ends with a space goes on in the next one of the same depth."""
    lines: list[str] = []
    for line in words.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        before = lines[-1] if lines else ""
        goes_on = before.endswith(" ") and not before.endswith("-- ") and line != "-- "
        if goes_on and depth == len(before) - len(before.lstrip(">")):
            rest = line[depth:]
            lines[-1] = (before[:-1] if joins_letters else before) + (
                rest[1:] if rest[:1] == " " else rest
            )
        else:
            lines.append(line[:depth] + line[depth:].removeprefix(" ") if not depth else line)
    return "\n".join(lines)


def _file_name(part: Message) -> str:
    """Not by `Message.get_filename`, which decodes by whatever codec the mail names."""
    disposition = "Content-Disposition"
    found = part.get_param("filename", header=disposition) or part.get_param("name") or ""
    if isinstance(found, tuple):
        charset, _language, words = found
        return _decoded(words[:1000].encode("raw-unicode-escape"), charset)
    return header_text(str(found)[:1000])


def _file(taken: Taken, part: Message) -> None:
    name = one_line(_file_name(part))[:120].replace("/", "_").replace("\\", "_")
    kind = part.get_content_type()
    content = _bytes(part) if kind != "message/rfc822" else b""
    if (
        kind == "message/rfc822"
        or kind.startswith("application/ics")
        or kind == "application/pkcs7-signature"
    ):
        return
    if kind.startswith("image/") and part.get("Content-ID") and len(content) < LOGO:
        return
    name = name or f"file.{kind.rpartition('/')[2][:10]}"
    if len(taken.files) >= MAX_FILES or len(content) > MAX_FILE or not content:
        taken.left_out.append(name)
    else:
        taken.files.append(Attachment(name, kind, content))
