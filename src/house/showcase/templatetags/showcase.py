from django import template
from django.utils.safestring import SafeString, mark_safe

from house.ground.html import sanitise
from house.showcase.models import Picture

register = template.Library()


@register.filter
def html(text: str) -> SafeString:
    """The text of a showcase. It was made safe when it was kept; once more costs little."""
    return mark_safe(sanitise(text))


@register.filter
def height_at(picture: Picture, width: int) -> int:
    """Its height where it is shown this wide, so that a page does not jump while it loads."""
    return max(1, round(picture.height * width / max(1, picture.width)))
