"""Which e-mail addresses the house takes: plain ones, that every mail program reads alike.

The mail standards allow far more: encoded words, quoted parts, comments, routes, other alphabets. Programs
read those differently, so an address can pass a check as one city's and be delivered to somebody else.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST, LONGEST_LOCAL = 254, 64
# Neither `=` nor `?` (encoded words), `%` nor `!` (routes), quotes, brackets nor spaces.
_LOCAL = re.compile(r"[a-z0-9_+'-]+(?:\.[a-z0-9_+'-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ENDING = re.compile(r"[a-z]{2,63}")
# Single signs first: `clty` and `city` must meet before "cl" is read as a "d".
_TWINS = (
    ("0", "o"),
    ("1", "l"),
    ("i", "l"),
    ("5", "s"),
    ("-", ""),
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
)


def plain_address(value: str) -> str:
    """The address in small letters, or a `ValidationError` that tells a human what is wrong with it."""
    address = value.strip(" ").lower() if value.isascii() else value
    if not address.isascii() or not address.isprintable():
        raise ValidationError(
            _("Use only letters from a to z, digits and plain signs in an address."), code="foreign"
        )
    local, at, domain = address.rpartition("@")
    if (
        not at
        or len(address) > LONGEST
        or len(local) > LONGEST_LOCAL
        or not _LOCAL.fullmatch(local)
    ):
        raise ValidationError(
            _("Type an address as in name@city.example, without quotes or special signs."),
            code="not-plain",
        )
    plain_domain(domain)
    return address


def plain_domain(value: str) -> str:
    """The domain in small letters, or a `ValidationError`. Domains in other alphabets are refused."""
    domain = value.strip(" ").lower() if value.isascii() else value
    labels = domain.split(".")
    if any(label[2:4] == "--" for label in labels) or not domain.isascii():
        raise ValidationError(
            _("Domains in other alphabets are not taken: they can look like a city's own."),
            code="foreign",
        )
    is_plain = (
        len(domain) <= LONGEST
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and _ENDING.fullmatch(labels[-1])
    )
    if not is_plain:
        raise ValidationError(_("Type a domain as in city.example."), code="not-plain")
    return domain


def domain_of(address: str) -> str:
    """The domain of an address that `plain_address` took."""
    return address.rpartition("@")[2]


def looks_like(domain: str, known: str) -> bool:
    """Would a hurried reader take one domain for the other, though they differ (`arnsterdam.nl`)?"""
    return domain != known and _skeleton(domain) == _skeleton(known)


def _skeleton(domain: str) -> str:
    for twin, letter in _TWINS:
        domain = domain.replace(twin, letter)
    return domain
