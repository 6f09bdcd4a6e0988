from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from house.access.capabilities import CAPABILITIES

register = template.Library()


@register.filter
def scopes_in_words(scopes: Iterable[str] | None) -> str:
    """What a key may, as a sentence."""
    if scopes is None:
        return _("May whatever you may.")
    told = [str(CAPABILITIES[name].told) for name in scopes if name in CAPABILITIES]
    return _("May %(acts)s.") % {"acts": "; ".join(told)} if told else _("May nothing any more.")
