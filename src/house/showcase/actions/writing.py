"""Making, publishing and withdrawing a showcase."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground import pages
from house.ground.errors import Gone, Refused
from house.ground.text import one_line, slug_of
from house.memory.showing import shelf
from house.partners import rights
from house.retrieval import outbox
from house.showcase import content as contents
from house.showcase import pictures
from house.showcase.models import Edition, Picture, Showcase, State
from house.showcase.search import KIND
from house.showcase.unused import forget_unused


class Changed(Refused):
    """Somebody saved the same draft meanwhile."""


class NotReady(Refused):
    """`problems`: field → sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(_("Something is missing before the world may see it."))
        self.problems = problems


@transaction.atomic
def begin(*, by: Viewer, city: str, entry: str = "") -> Showcase:
    """A new draft, empty or with the text of an entry of the city as it stands today."""
    rights.require(by, "showcase.publish")
    if city not in by.city_ids:
        raise Refused(_("A showcase belongs to a city in which you hold a seat."))
    told: dict[str, Any] = {}
    start = None
    if entry:
        start = shelf().open(by, entry)
        if start is None or start.city != city:
            raise Refused(
                _("This entry can't be shown: it is not your city's, or it hides its city."),
                remedy=_("Choose another, or begin with an empty page."),
            )
        told = {
            "title": start.title, "summary": start.summary, "text": start.text,
            "language": start.language, "topics": list(start.topics),
        }  # fmt: skip
    showcase = Showcase(
        city_id=city,
        entry_id=start.key if start else None,
        draft=contents.tidy(told),
        made_by_id=by.person_id,
    )
    showcase.slug = showcase.code
    showcase.save()
    journal.record("showcase.begin", showcase, by=by, facts={"from_entry": bool(start)})
    return showcase


def _held(showcase: Showcase) -> Showcase:
    """The same object as it stands now, held until the transaction ends."""
    try:
        # every row: the caller fetched it through its door
        showcase.refresh_from_db(from_queryset=Showcase.objects.select_for_update(of=("self",)))
    except Showcase.DoesNotExist as gone:
        raise Gone(
            _("A colleague threw this showcase away meanwhile."),
            remedy=_("Look among what your city shows, or begin another."),
        ) from gone
    return showcase


@transaction.atomic
def save_draft(
    showcase: Showcase, told: Mapping[str, Any], *, by: Viewer, revision: int
) -> Showcase:
    """Keep the draft. Raises `Changed` where it was saved since `revision`; nothing is lost then."""
    allow(by, "edit", showcase)
    _held(showcase)
    if revision != showcase.revision:
        raise Changed(
            _("A colleague saved this meanwhile. Your text stands below and is not saved yet."),
            remedy=_("Open the showcase in another window to compare; then save once more."),
        )
    kept = contents.tidy({**showcase.draft, **told})
    if kept != showcase.draft:
        showcase.draft = kept
        showcase.revision += 1
        showcase.save(update_fields=["draft", "revision"])
        forget_unused(showcase)
    return showcase


@transaction.atomic
def publish(showcase: Showcase, *, by: Viewer) -> Showcase:
    """Show the draft to the world as the next edition. The same text twice makes no second one."""
    rights.require(by, "showcase.publish")
    allow(by, "publish", showcase)
    _held(showcase)
    draft = contents.tidy(showcase.draft)
    if missing := contents.problems(draft):
        raise NotReady(missing)
    if not showcase.is_published or showcase.current is None or not showcase.current.says(draft):
        _lay(showcase, draft, by=by)
        journal.record(
            "showcase.publish",
            showcase,
            by=by,
            facts={"edition": showcase.current.number},  # type: ignore[union-attr]
        )
    return showcase


def _lay(showcase: Showcase, draft: contents.Content, *, by: Viewer) -> None:
    last = Edition.objects.filter(showcase=showcase).order_by("-number").first()  # every row: ours
    if last is None or not last.says(draft):
        number = last.number + 1 if last else 1
        last = Edition.objects.create(
            showcase=showcase, number=number, made_by_id=by.person_id, **draft
        )
    now = timezone.now()
    shown = [row["code"] for row in draft["pictures"]]
    mine = Picture.objects.filter(showcase=showcase)  # every row: ours
    mine.update(is_current=False)
    mine.filter(code__in=shown).update(is_current=True)
    showcase.current = last
    showcase.cover = mine.filter(code=shown[0]).first() if shown else None
    showcase.state = State.PUBLISHED
    showcase.withdrawn_why = ""
    showcase.changed_at = now
    if showcase.published_at is None:
        showcase.published_at = now
        _save_with_an_address(showcase, last.title)
    else:
        showcase.save()
    showcase.topics.set(draft["topics"])
    _told(showcase)


def _save_with_an_address(showcase: Showcase, title: str) -> None:
    """Its title; with its code behind it where that is taken, if only a moment ago."""
    wanted = slug_of(title, fallback=showcase.code)
    if wanted not in RESERVED:
        showcase.slug = wanted
        with suppress(IntegrityError), transaction.atomic():
            showcase.save()
            return
    showcase.slug = f"{wanted}-{showcase.code}"
    showcase.save()


# Words that are pages of this room can't be names of showcases.
RESERVED = {"mine", "new", "me", "voices", "feed", "pictures"}


def _told(showcase: Showcase) -> None:
    """Search and kept pages learn of it with the change itself."""
    outbox.touch(KIND, showcase.pk)
    transaction.on_commit(pages.changed)


@transaction.atomic
def withdraw(showcase: Showcase, *, by: Viewer, reason: str = "") -> Showcase:
    """Gone from page, lists, feed, sitemap, search and embeds at once. Its city keeps the draft."""
    allow(by, "withdraw", showcase)
    _held(showcase)
    if not showcase.is_published:
        return showcase
    showcase.state = State.WITHDRAWN
    showcase.withdrawn_why = one_line(reason)[:300]
    showcase.changed_at = timezone.now()
    showcase.save(update_fields=["state", "withdrawn_why", "changed_at"])
    journal.record("showcase.withdraw", showcase, by=by, reason=showcase.withdrawn_why)
    _told(showcase)
    return showcase


@transaction.atomic
def go_back_to(showcase: Showcase, edition: Edition, *, by: Viewer) -> Showcase:
    """What an earlier edition said becomes the draft; readers see no change before it is published."""
    allow(by, "edit", showcase)
    _held(showcase)
    told = {key: getattr(edition, key) for key in contents.tidy({})}
    return save_draft(showcase, told, by=by, revision=showcase.revision)


@transaction.atomic
def add_picture(
    showcase: Showcase, data: bytes, name: str, *, by: Viewer, alt: str, caption: str = ""
) -> Picture:
    """Keep a picture and put it last in the draft. The same one is kept once."""
    allow(by, "edit", showcase)
    if not one_line(alt):
        raise Refused(_("Describe the picture for those who can't see it."))
    made = pictures.make(data, name)
    _held(showcase)
    if len(showcase.draft.get("pictures", [])) >= contents.PICTURES:
        raise Refused(_("A showcase holds twelve pictures at most."))
    picture = Picture.objects.filter(
        showcase=showcase, digest=made.digest
    ).first()  # every row: ours
    if picture is None:
        picture = Picture(
            showcase=showcase, width=made.width, height=made.height, digest=made.digest,
            made_by_id=by.person_id,
        )  # fmt: skip
        picture.large.save(f"{picture.code}.webp", ContentFile(made.large), save=False)
        picture.small.save(f"{picture.code}-s.webp", ContentFile(made.small), save=False)
        picture.save()
    rows = [row for row in showcase.draft.get("pictures", []) if row["code"] != picture.code]
    rows.append({"code": picture.code, "alt": alt, "caption": caption})
    save_draft(showcase, {"pictures": rows}, by=by, revision=showcase.revision)
    return picture


@transaction.atomic
def remove_picture(showcase: Showcase, code: str, *, by: Viewer) -> None:
    """Leave it out of the draft. It stays with the editions that show it, and goes where there is none."""
    allow(by, "edit", showcase)
    _held(showcase)
    rows = [row for row in showcase.draft.get("pictures", []) if row["code"] != code]
    save_draft(showcase, {"pictures": rows}, by=by, revision=showcase.revision)


@transaction.atomic
def discard_draft(showcase: Showcase, *, by: Viewer) -> Showcase | None:
    """Throw the draft away; a showcase that was never published goes with it (None is returned)."""
    allow(by, "edit", showcase)
    _held(showcase)
    if showcase.current is not None:
        left = go_back_to(showcase, showcase.current, by=by)
        journal.record("showcase.discard", showcase, by=by)
        return left
    journal.record("showcase.discard", showcase, by=by, facts={"never_published": True})
    showcase.draft = {}
    forget_unused(showcase)
    showcase.delete()
    return None
