"""Writing, publishing and withdrawing: for members of the city that shows it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.ground.errors import Forbidden, Gone, Refused
from house.ground.text import number_in
from house.memory.showing import shelf
from house.people.models import Person
from house.showcase import actions, queries
from house.showcase import content as contents
from house.showcase.actions.writing import Changed, NotReady
from house.showcase.forms import PictureForm, WithdrawForm, WritingForm
from house.showcase.models import Contact, Edition, Showcase
from house.showcase.views.reading import page_of, showcase_or_404
from house.vocabulary.models import City

PUBLISH = "showcase.publish"


@require_safe
@route(PUBLISH)
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "showcase/mine.html", {"showcases": queries.ours(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@route(PUBLISH)
def new(request: HttpRequest) -> HttpResponse:
    """Begin with an entry of one's city, or with an empty page."""
    viewer = request.viewer
    problem = ""
    if request.method == "POST":
        try:
            city = request.POST.get("city", "") or next(iter(sorted(viewer.city_ids)), "")
            made = actions.begin(by=viewer, city=city, entry=request.POST.get("entry", ""))
            return redirect("showcase:edit", made.slug)
        except Forbidden:
            raise
        except Refused as refused:
            problem = f"{refused.message} {refused.remedy}".strip()
    context = {
        "problem": problem,
        "entries": shelf().offered(viewer),
        "cities": City.objects.visible_to(viewer).filter(pk__in=viewer.city_ids),
    }
    return render(request, "showcase/new.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = showcase_or_404(request, slug)
    allow(request.viewer, "edit", found)
    if request.method == "POST":
        form = _form(request, found, request.POST)
        if form.is_valid() and _save(request, found, form):
            if "publish" in request.POST:
                return _publish(request, found)
            messages.success(request, _("Saved. Nobody outside your city sees it yet."))
            return redirect(
                "showcase:preview" if "preview" in request.POST else "showcase:edit", slug
            )
        return _edit_page(request, found, form, status=422)
    return _edit_page(request, found, _form(request, found))


def _form(request: HttpRequest, found: Showcase, data: Any = None) -> WritingForm:
    contact = queries.contact_of(found, request.viewer)
    is_me = bool(contact and contact.person_id == request.viewer.person_id)
    initial = {
        **found.draft,
        "revision": found.revision,
        "contact": contact.person.code if contact else "",
        "agrees": bool(is_me and contact and contact.agreed_at),
        "shows_address": bool(is_me and contact and contact.shows_address),
    }
    return WritingForm(
        data,
        initial=initial,
        topics=queries.topic_choices(request.viewer),
        people=queries.colleagues(request.viewer, found.city_id),
    )


def _save(request: HttpRequest, found: Showcase, form: WritingForm) -> bool:
    told = dict(form.cleaned_data)
    code, agrees = told.pop("contact"), told.pop("agrees")
    shows, revision = told.pop("shows_address"), told.pop("revision")
    try:
        actions.save_draft(found, told, by=request.viewer, revision=revision)
        person = (
            Person.objects.visible_to(request.viewer).filter(code=code).first() if code else None
        )
        actions.ask_contact(found, person, by=request.viewer, agrees=agrees, shows_address=shows)
    except (Forbidden, Gone):
        raise
    except Changed as changed:
        form.add_error(None, f"{changed.message} {changed.remedy}")
        form.data = form.data.copy()  # type: ignore[union-attr]
        form.data["revision"] = str(found.revision)
        return False
    except Refused as refused:
        form.add_error("contact", refused.message)
        return False
    return True


def _edit_page(
    request: HttpRequest, found: Showcase, form: WritingForm, *, status: int = 200,
    picture_form: PictureForm | None = None,
) -> HttpResponse:  # fmt: skip
    contact = queries.contact_of(found, request.viewer)
    context = {
        "showcase": found,
        "form": form,
        "picture_form": picture_form or PictureForm(),
        "pictures": queries.pictures_of(found, found.draft.get("pictures", []), request.viewer),
        "waits_for": contact.person.name if contact and not contact.agreed_at else "",
    }
    return render(request, "showcase/edit.html", context, status=status)


@require_POST
@route(SIGNED_IN)
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a picture to the draft, or leave one out."""
    found = showcase_or_404(request, slug)
    allow(request.viewer, "edit", found)
    if "remove" in request.POST:
        actions.remove_picture(found, request.POST["remove"], by=request.viewer)
        return redirect("showcase:edit", slug)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid() and _keep(request, found, form):
        messages.success(request, _("The picture stands in your draft."))
        return redirect("showcase:edit", slug)
    return _edit_page(request, found, _form(request, found), picture_form=form, status=422)


def _keep(request: HttpRequest, found: Showcase, form: PictureForm) -> bool:
    told = form.cleaned_data
    try:
        actions.add_picture(
            found, told["file"].read(), told["file"].name, by=request.viewer, alt=told["alt"],
            caption=told["caption"],
        )  # fmt: skip
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error("file", f"{refused.message} {refused.remedy}".strip())
        return False
    return True


@require_safe
@route(SIGNED_IN)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """As readers would see the draft. For its city alone."""
    found = showcase_or_404(request, slug)
    if found.city_id not in request.viewer.city_ids:
        raise Http404  # curators see what was out, never what is being written
    draft = contents.tidy(found.draft)
    context = page_of(request, found, draft) | {
        "is_preview": True,
        "problems": contents.problems(draft),
    }
    return render(request, "showcase/showcase.html", context)


@require_POST
@route(SIGNED_IN)
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    return _publish(request, showcase_or_404(request, slug))


def _publish(request: HttpRequest, found: Showcase) -> HttpResponse:
    try:
        actions.publish(found, by=request.viewer)
    except NotReady as missing:
        told = {**found.draft, "revision": found.revision, "contact": "", "agrees": False}
        form = _form(request, found, {**told, **_contact_as_typed(request, found)})
        form.is_valid()
        for name, sentence in missing.problems.items():
            form.add_error(name if name in form.fields else None, sentence)
        return _edit_page(request, found, form, status=422)
    messages.success(request, _("The world can see it now."))
    return redirect("showcase:showcase", found.slug)


def _contact_as_typed(request: HttpRequest, found: Showcase) -> dict[str, Any]:
    initial = _form(request, found).initial
    return {name: initial[name] for name in ("contact", "agrees", "shows_address")}


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    found = showcase_or_404(request, slug)
    allow(request.viewer, "withdraw", found)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(found, by=request.viewer, reason=form.cleaned_data["reason"])
        messages.success(request, _("It is gone from every public page."))
        return redirect("showcase:mine" if request.viewer.can(PUBLISH) else "showcase:home")
    status = 422 if form.errors else 200
    return render(
        request, "showcase/withdraw.html", {"showcase": found, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once, then throws the draft away."""
    found = showcase_or_404(request, slug)
    allow(request.viewer, "edit", found)
    if request.method != "POST":
        return render(request, "showcase/discard.html", {"showcase": found})
    left = actions.discard_draft(found, by=request.viewer)
    messages.success(request, _("The draft is gone."))
    return redirect("showcase:edit", slug) if left else redirect("showcase:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """What it said before; one of them can become the draft again."""
    found = showcase_or_404(request, slug)
    allow(request.viewer, "edit", found)
    kept = Edition.objects.visible_to(request.viewer).filter(showcase=found).order_by("-number")
    if request.method == "POST":
        number = number_in(request.POST.get("number", "")) or 0
        chosen = get_object_or_404(kept, number=number)
        actions.go_back_to(found, chosen, by=request.viewer)
        messages.success(request, _("It stands in your draft. Readers see no change yet."))
        return redirect("showcase:edit", slug)
    return render(request, "showcase/editions.html", {"showcase": found, "editions": kept})


@require_safe
@route(SIGNED_IN)
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = showcase_or_404(request, slug)
    allow(request.viewer, "edit", found)
    kept = get_object_or_404(
        Edition.objects.visible_to(request.viewer), showcase=found, number=number
    )
    context = page_of(request, found, kept) | {"is_old": True, "edition": kept}
    return render(request, "showcase/showcase.html", context)


def contacts_waiting(request: HttpRequest) -> Any:
    """Showcases that name her and wait for her word."""
    asked = Contact.objects.visible_to(request.viewer).filter(person=request.viewer.person_id)
    return asked.select_related("showcase__current", "showcase__city")
