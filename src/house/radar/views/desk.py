"""Where curators look through what came. Every act is a plain form; keys are a convenience on top."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.radar import actions, queries
from house.radar.forms import PickForm
from house.radar.models import Item, State, Story
from house.vocabulary.languages import LANGUAGES

MERGED_AT_ONCE = 20


@require_safe
@route("radar.curate")
def desk(request: HttpRequest) -> HttpResponse:
    viewer: Viewer = request.viewer
    asked = {name: request.GET.get(name, "")[:80] for name in queries.FILTERS}
    stories = queries.narrowed(queries.waiting(viewer), viewer, asked)
    page = Paginator(stories, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.told_by(page.object_list, viewer),
        "asked": {name: value for name, value in asked.items() if value},
        "steps": queries.last_steps(viewer),
        "health": queries.health(viewer),
        "back": request.get_full_path(),
    }
    return render(request, "radar/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("radar.curate")
def story_pick(request: HttpRequest, code: str) -> HttpResponse:
    found = _story(request, code)
    language = (get_language() or "en").partition("-")[0]
    form = PickForm(
        request.POST or None, story=found, language=language if language in LANGUAGES else "en"
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.pick(found, by=request.viewer, **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Picked. Who follows its topics or cities is told."))
            return redirect(_back(request, "/radar/desk/"))
    context = {
        "story": found,
        "form": form,
        "told": queries.told_by([found], request.viewer)[0],
        "next": _back(request, ""),
    }
    return render(request, "radar/story_pick.html", context, status=422 if form.errors else 200)


@require_POST
@route("radar.curate")
def story_drop(request: HttpRequest, code: str) -> HttpResponse:
    found = _story(request, code)
    _do(
        request,
        lambda: actions.drop(found, by=request.viewer),
        _("Dropped. You can take it back below."),
    )
    return redirect(_back(request, "/radar/desk/"))


@require_POST
@route("radar.curate")
def story_undo(request: HttpRequest, code: str) -> HttpResponse:
    found = _story(request, code)
    _do(request, lambda: actions.undo(found, by=request.viewer), _("Taken back."))
    return redirect(_back(request, found.get_absolute_url()))


@require_POST
@route("radar.curate")
def story_split(request: HttpRequest, code: str) -> HttpResponse:
    """The ticked sources tell something else."""
    found = _story(request, code)
    ticked = request.POST.getlist("item")
    items = list(Item.objects.visible_to(request.viewer).filter(story=found, code__in=ticked))
    _do(
        request,
        lambda: actions.split(found, items, by=request.viewer),
        _("They have a story of their own now."),
    )
    return redirect(found)


@require_POST
@route("radar.curate")
def merge(request: HttpRequest) -> HttpResponse:
    """The ticked stories tell the same: they become one, the one told first, or the picked one."""
    ticked = request.POST.getlist("story")[:MERGED_AT_ONCE]
    rows = Story.objects.visible_to(request.viewer).filter(code__in=ticked)
    stories = list(rows.exclude(state=State.MERGED).order_by("first_at", "pk"))
    if len(stories) < 2:
        messages.error(request, _("Tick two stories or more that tell the same."))
        return redirect(_back(request, "/radar/desk/"))

    def act() -> None:
        into = stories[0]
        for other in stories[1:]:
            into = actions.merge(other, into=into, by=request.viewer)

    _do(request, act, _("Merged. You can take it back below."))
    return redirect(_back(request, "/radar/desk/"))


def _do(request: HttpRequest, act: object, said: str) -> None:
    """What can't be done is said, and nothing is lost."""
    try:
        act()  # type: ignore[operator]  # one of the acts above
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
    else:
        messages.success(request, said)


def _story(request: HttpRequest, code: str) -> Story:
    rows = Story.objects.visible_to(request.viewer).prefetch_related("topics", "cities")
    return get_object_or_404(rows, code=code)


def _back(request: HttpRequest, otherwise: str) -> str:
    there = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = there.startswith("/radar/") and url_has_allowed_host_and_scheme(there, None)
    return there if is_ours else otherwise
