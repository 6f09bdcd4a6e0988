"""`{% share title text %}` in a page's head: its one address, and how it looks where somebody shares it."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from house.front.languages import alternates, in_language

register = template.Library()


@register.inclusion_tag("front/_share.html", takes_context=True)
def share(  # noqa: PLR0917 -- a template names them
    context: template.Context,
    title: str,
    text: str = "",
    card: str = "house",
    slug: str = "alliance",
    type: str = "website",  # noqa: A002 -- the word of the Open Graph protocol
    *,
    embeds: bool = False,
) -> dict[str, Any]:
    """Only for pages that everybody sees. `card` and `slug` name the picture (`front/cards.py`).

    Addresses begin with the house's own, never with what a request calls it.
    """
    url = settings.BASE_URL + context["request"].path
    return {
        "title": title,
        "text": text,
        "url": url,
        "type": type,
        "image": settings.BASE_URL + reverse("front:card", args=[card, slug]),
        "oembed": f"{settings.BASE_URL}{reverse('front:oembed')}?{urlencode({'url': url})}"
        if embeds
        else "",
    }


@register.simple_tag
def local_url(name: str) -> str:
    """`{% url %}` for a still page, in the language whose addresses the reader is walking."""
    return in_language(reverse(name))


@register.inclusion_tag("front/_languages.html", takes_context=True)
def languages(context: template.Context) -> dict[str, Any]:
    """The same still page in each language. Nothing on pages that have one address, as her own desk has."""
    request = context["request"]
    is_desk = context.get("here") == "home" and request.viewer.person_id is not None
    names = dict(settings.LANGUAGES)
    rows = [(code, names[code], path_in) for code, path_in in alternates(request.path)]
    return {"rows": [] if is_desk else rows, "language": get_language()}


@register.inclusion_tag("front/_hreflang.html", takes_context=True)
def hreflangs(context: template.Context) -> dict[str, Any]:
    """For search engines: the addresses of a still page in each language."""
    rows = alternates(context["request"].path)
    plain = rows[0][1].removeprefix(f"/{rows[0][0]}") if rows else ""
    return {"rows": rows, "plain": plain, "base": settings.BASE_URL}


@register.simple_tag
def share_picture(card: str, slug: str, title: str) -> SafeString:
    """The picture alone, for pages that tell the rest themselves."""
    image = settings.BASE_URL + reverse("front:card", args=[card, slug])
    return format_html(
        '<meta property="og:image" content="{0}"><meta property="og:image:width" content="1200">'
        '<meta property="og:image:height" content="630"><meta property="og:image:alt" content="{1}">'
        '<meta name="twitter:card" content="summary_large_image">'
        '<meta name="twitter:title" content="{1}"><meta name="twitter:image" content="{0}">',
        image,
        title,
    )
