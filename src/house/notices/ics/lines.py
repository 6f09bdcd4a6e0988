"""Content lines (RFC 5545, 3.1): folded at 75 octets, escaped, so that no word begins a line."""

import datetime

from house.ground.text import clean, one_line

_OCTETS = 75
UTC = datetime.UTC


def line(name: str, value: str, **parameters: str) -> str:
    """One property with CRLF at its end. `value` is written as it is: see `text` for words."""
    told = "".join(
        f";{key.replace('_', '-')}={_parameter(said)}" for key, said in parameters.items()
    )
    return _folded(f"{name}{told}:{value}")


def text(value: str) -> str:
    """Words as a TEXT value."""
    return (
        clean(value)
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\n", "\\n")
        .replace("\x85", " ")
        .replace("\u2028", "\\n")
        .replace("\u2029", "\\n")
    )


def utc(moment: datetime.datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _parameter(value: str) -> str:
    """Quoted where it must be. No parameter holds a quotation mark; a caret stands for itself (RFC 6868).

    Some readers take a backslash for the beginning of an escape here too, so there is none.
    """
    value = (
        one_line(value).replace("\x85", " ").replace('"', "'").replace("\\", "/").replace("^", "^^")
    )
    return f'"{value}"' if set(value) & set(":;, ") else value


def _folded(whole: str) -> str:
    """No line longer than 75 octets, and no letter cut in two."""
    if len(whole) <= _OCTETS and whole.isascii():
        return f"{whole}\r\n"
    parts, part, size = [], [], 0
    for letter in whole:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            parts.append("".join(part))
            part, size = [" "], 1
        part.append(letter)
        size += octets
    parts.append("".join(part))
    return "\r\n".join(parts) + "\r\n"
