"""One happening as a row of a mail, in HTML and in plain text.

Thousands of digests hold the same rows: what was written once is kept, by all that stands in it. So a
row can only be met again by who was told the very same words.
"""

import datetime
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from house.notices.happenings import Told
from house.notices.mailhtml import inlined
from house.notices.models import Reason
from house.notices.telling import Item

_LABELS = {reason.value: reason.label for reason in Reason}
KEPT = 5000


def html_of(item: Item, *, is_more: bool = False) -> SafeString:
    """`is_more`: an older one of the same thread."""
    return _row("html", *_facts(item), is_more, get_language(), settings.BASE_URL)


def text_of(item: Item) -> str:
    return _row("txt", *_facts(item), False, get_language(), settings.BASE_URL)


def _facts(item: Item) -> tuple[Told, str, datetime.date, str]:
    # The day alone: the hour would tell the part of the world of who hides her city.
    day = timezone.localtime(item.notice.happening.at).date()
    return item.told, str(item.kind.label), day, str(_LABELS[item.notice.reason])


@lru_cache(maxsize=KEPT)
def _row(  # noqa: PLR0917 -- what it is kept by
    form: str, told: Told, kind: str, day: datetime.date, reason: str, is_more: bool,
    language: str | None, base: str,
) -> SafeString:  # fmt: skip
    context = {
        "told": told, "kind": kind, "day": day, "reason": reason, "is_more": is_more, "base": base,
    }  # fmt: skip
    made = render_to_string(f"notices/mail/_row.{form}", context)
    return mark_safe(inlined(made) if form == "html" else made)
