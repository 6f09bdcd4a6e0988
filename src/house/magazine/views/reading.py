from itertools import groupby

from django.conf import settings
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from house.access.routes import OPEN, SIGNED_IN, route
from house.access.viewer import VISITOR
from house.ground.files import attachment
from house.ground.jsonld import in_script
from house.ground.paper import is_available
from house.magazine import art, jsonld
from house.magazine.access import edits
from house.magazine.actions.subscribing import subscribe as subscribe_to
from house.magazine.models import Article, Issue, Picture, Rendition
from house.magazine.queries import gets_mail
from house.magazine.reading import article_context, issue_context, pictures_of

WIDE = "width-1200|format-jpeg"  # as readers get pictures


@require_safe
@route(OPEN)
def issue_list(request: HttpRequest) -> HttpResponse:
    """The archive by year, the newest first; the sample is named for who can't read the rest."""
    issues = list(Issue.objects.visible_to(request.viewer).published())
    context = {
        "latest": issues[0] if issues else None,
        "years": [(year, list(group)) for year, group in groupby(issues, lambda i: i.month.year)],
        "sample": next((issue for issue in issues if issue.is_sample), None),
        "reads_all": request.viewer.can("magazine.read"),
        "gets_mail": gets_mail(request.viewer),
        "may_edit": edits(request.viewer),
    }
    return render(request, "magazine/issue_list.html", context)


@require_POST
@route(SIGNED_IN)
def subscribe(request: HttpRequest) -> HttpResponse:
    subscribe_to(by=request.viewer, wanted=request.POST.get("wanted") == "yes")
    return redirect("magazine:issue_list")


@require_safe
@route(OPEN)
def issue(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Issue.objects.visible_to(request.viewer), number=number)
    context = {
        **issue_context(found, request.viewer),
        "may_edit": edits(request.viewer),
        "prints": is_available(),
        "jsonld": in_script(jsonld.of_issue(found)) if found.live else "",
    }
    return render(request, "magazine/issue.html", context)


@require_safe
@route(OPEN)
def article(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Article.objects.visible_to(request.viewer).select_related("issue"),
        issue__number=number,
        slug=slug,
    )
    context = {
        **article_context(found, request.viewer),
        "may_edit": edits(request.viewer),
        "base": settings.BASE_URL,
    }
    if found.issue and Article.objects.visible_to(VISITOR).filter(pk=found.pk).exists():
        context["jsonld"] = in_script(jsonld.of_article(found, found.issue))
    return render(request, "magazine/article.html", context)


@require_safe
@route(OPEN)
def cover(request: HttpRequest, number: int) -> HttpResponse:
    """The picture that was chosen, or the drawing that the house makes."""
    found = get_object_or_404(
        Issue.objects.visible_to(request.viewer).select_related("cover"), number=number
    )
    if found.cover is not None:
        response = _sized(found.cover)
    else:
        drawn = art.cover(found.number, found.month, found.title)
        response = HttpResponse(drawn, content_type="image/svg+xml")
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'"
        )
        patch_cache_control(response, private=True, max_age=600)
    return response


@require_safe
@route(OPEN)
def article_picture(request: HttpRequest, number: int, slug: str, picture: int) -> HttpResponse:
    """A picture is seen where it stands: through the article's door, and only if it is in it."""
    found = get_object_or_404(
        Article.objects.visible_to(request.viewer), issue__number=number, slug=slug
    )
    if picture not in pictures_of(found) and not edits(request.viewer):
        raise Http404
    # every row: it stands in an article behind the reader's door
    return _sized(get_object_or_404(Picture.objects.all(), pk=picture))


@require_safe
@route("magazine.edit")
def picture(request: HttpRequest, picture: int, size: int) -> HttpResponse:
    """A size of a picture as the desk shows it."""
    found = get_object_or_404(Rendition.objects.visible_to(request.viewer), image=picture, pk=size)
    return _shown(found, f"{size}.jpg")


def _sized(picture: Picture) -> HttpResponse:
    return _shown(picture.get_rendition(WIDE), f"picture-{picture.pk}.jpg")


def _shown(size: Rendition, name: str) -> HttpResponse:
    with size.file.open("rb") as file:
        content = ContentFile(file.read())
    kind = "image/png" if size.file.name.endswith("png") else "image/jpeg"
    return attachment(content, name=name, media_type=kind, inline=True)
