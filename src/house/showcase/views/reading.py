"""What everybody sees."""

from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from house.access.doors import may
from house.access.routes import OPEN, route
from house.access.viewer import VISITOR
from house.ground import files
from house.ground.jsonld import in_script
from house.memory.showing import shelf
from house.showcase import content as contents
from house.showcase import jsonld, queries
from house.showcase.models import Edition, Picture, Showcase
from house.vocabulary.models import Topic


def showcase_or_404(request: HttpRequest, slug: str) -> Showcase:
    found = Showcase.objects.visible_to(request.viewer).select_related("city", "current", "cover")
    return get_object_or_404(found, slug=slug)


@require_safe
@route(OPEN)
def home(request: HttpRequest) -> HttpResponse:
    """What cities show the world."""
    topic = request.GET.get("topic", "")[:100]
    found = queries.shown(request.viewer, topic=topic)
    context = {
        "page": Paginator(found, 24).get_page(request.GET.get("page")),
        "topic": Topic.objects.visible_to(request.viewer).filter(pk=topic).first()
        if topic
        else None,
        "may_make": request.viewer.can("showcase.publish") and bool(request.viewer.city_ids),
        "may_curate": request.viewer.can("showcase.curate"),
    }
    return render(request, "showcase/home.html", context)


@require_safe
@route(OPEN)
def showcase(request: HttpRequest, slug: str) -> HttpResponse:
    """One showcase as it stands. Its city sees also what is not out yet: that one has a preview."""
    found = showcase_or_404(request, slug)
    if not found.is_published and found.city_id in request.viewer.city_ids:
        return redirect("showcase:preview", slug)
    if found.current is None:
        raise Http404
    context = page_of(request, found, found.current)
    return render(request, "showcase/showcase.html", context)


def text_of(edition: Edition) -> contents.Content:
    return {key: getattr(edition, key) for key in contents.tidy({})}


def page_of(
    request: HttpRequest, found: Showcase, said: Edition | contents.Content
) -> dict[str, Any]:
    """What the page of one text reads: of the edition that is out, an earlier one, or the draft."""
    viewer = request.viewer
    content = text_of(said) if isinstance(said, Edition) else said
    start = shelf().links([found.entry_id], viewer).get(found.entry_id) if found.entry_id else None
    # Led back only where the lexicon names this very city.
    origin = start if start and start.city == found.city_id else None
    pictures = queries.pictures_of(found, content["pictures"], viewer)
    contact = queries.contact_of(found, viewer)
    topics = list(Topic.objects.visible_to(viewer).filter(pk__in=content["topics"]))
    keywords = [topic.label() for topic in topics]
    return {
        "showcase": found,
        "content": content,
        "city": found.city,
        "lead_picture": pictures[0] if pictures else None,
        "pictures": pictures[1:],
        "topics": topics,
        "video_host": contents.video_host(content["video"]),
        "origin": origin,
        "contact": contact if contact and contact.agreed_at else None,
        "jsonld": in_script(
            jsonld.schema_org(found, content, [row["picture"] for row in pictures], keywords)
        ),
        "embed_code": embed_code(found, content["title"]),
        "more": queries.shown(viewer).filter(city=found.city_id).exclude(pk=found.pk)[:3],
        "may_edit": may(viewer, "edit", found),
        "may_withdraw": found.is_published and may(viewer, "withdraw", found),
    }


def embed_code(found: Showcase, title: str) -> str:
    """What somebody pastes into a page of her own. Ours shows it, escaped once more, and does not run it."""
    src = settings.BASE_URL + reverse("showcase:embed", args=[found.slug])
    return format_html(
        '<iframe src="{}" title="{}" width="420" height="440" loading="lazy"></iframe>', src, title
    )


@require_safe
@route(OPEN)
def picture(request: HttpRequest, slug: str, code: str, size: str) -> HttpResponseBase:
    found = get_object_or_404(
        Picture.objects.visible_to(request.viewer).filter(showcase__slug=slug), code=code
    )
    file = found.small if size == "small" else found.large
    response = files.attachment(file, name=f"{code}.webp", media_type="image/webp", inline=True)
    # Cards on other people's pages show it, and a sandboxed frame is of no origin.
    if found.is_current:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@xframe_options_exempt
@csp_replace(
    {
        "frame-ancestors": ["*"],
        "default-src": [NONE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
    }
)
@require_safe
@route(OPEN)
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """A card for other people's pages: the only page of the room that may stand in a frame.

    It is made for a visitor whoever asks, reads no cookie and sets none.
    """
    found = get_object_or_404(queries.shown(VISITOR), slug=slug)
    response = render(
        request, "showcase/embed.html", {"showcase": found, "base": settings.BASE_URL}
    )
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
