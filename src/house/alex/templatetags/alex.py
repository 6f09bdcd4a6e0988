"""Small words for the room's templates."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_HEADING = re.compile(r"<(/?)h([2-4])(?=[\s>])")


@register.filter
def prose(html: str) -> SafeString:
    """An author's HTML under a section's own heading: its headings move one level down.

    Only for what `ground.html.sanitise` made; the room keeps nothing else.
    """
    moved = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)
    return mark_safe(moved)
