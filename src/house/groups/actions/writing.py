import re
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.html import paragraphs, sanitise, to_text
from house.ground.text import shorten
from house.groups.access import memberships
from house.groups.merging import merged
from house.groups.models import Draft, Group, Page, PageVersion
from house.groups.steps import changed, herself, lock, thread_of
from house.notices import happenings
from house.partners import rights

LONGEST = 400_000  # characters: a book of two hundred pages
_TAG = re.compile(r"<(?:p|h[2-4]|ul|ol|table|blockquote|pre|hr)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """`theirs` is set where somebody saved meanwhile: then nothing was overwritten, her draft holds her text.

    `both` is one text with the changes of both, where they touched different paragraphs.
    """

    page: Page
    version: PageVersion | None = None
    theirs: PageVersion | None = None
    both: str | None = None


def tidy(html: str) -> str:
    """Sanitised; plain lines of a form without the editor become paragraphs."""
    if len(html) > LONGEST:
        raise Refused(
            _("The page is longer than %(longest)d characters.") % {"longest": LONGEST},
            remedy=_("Put part of it in a file beside the page. Your text is kept in the form."),
        )
    made = sanitise(html) if _TAG.search(html) else paragraphs(html)
    return made if to_text(made) else ""


@transaction.atomic
def keep_draft(
    group: Group, html: str, *, by: Viewer, based_on: int, revision: int
) -> tuple[Draft, str]:
    """Keep what she is writing, for her alone. Gives the draft, and what another window of hers had kept.

    `revision` counts the saves of her draft, so that two windows do not overwrite each other unseen.
    """
    allow(by, "work", group)
    told = tidy(html)
    draft, _is_new = Draft.objects.select_for_update().get_or_create(
        group=group, person_id=herself(by), defaults={"based_on": based_on}
    )
    meanwhile = ""
    if draft.revision != revision and draft.html and draft.html != told:
        meanwhile = draft.other = draft.html
    draft.html, draft.based_on = told, based_on
    draft.revision += 1
    draft.saved_at = timezone.now()
    draft.save()
    return draft, meanwhile


@transaction.atomic
def save_page(group: Group, html: str, *, by: Viewer, based_on: int, note: str = "") -> Saved:
    """The next version, if nobody saved since the one that she began from.

    Otherwise nothing changes: her text becomes her draft, and both are given back to be compared.
    """
    rights.require(by, "agora.write")
    allow(by, "work", lock(group))
    told = tidy(html)
    page = Page.objects.select_for_update().get(group=group)
    if told == page.html:
        Draft.objects.filter(group=group, person_id=herself(by)).delete()
        return Saved(page)
    if based_on != page.number:
        return _met(page, told, based_on, by)
    version = _lay(page, told, by=by, note=note, based_on=based_on)
    Draft.objects.filter(group=group, person_id=herself(by)).delete()
    return Saved(page, version)


def _met(page: Page, told: str, based_on: int, by: Viewer) -> Saved:
    Draft.objects.update_or_create(
        group_id=page.pk,
        person_id=herself(by),
        defaults={"html": told, "based_on": based_on, "saved_at": timezone.now()},
    )
    versions = {
        version.number: version
        for version in PageVersion.objects.filter(
            group=page.pk, number__in=[based_on, page.number]
        ).select_related("made_by", "city")
    }
    base = versions[based_on].html if based_on in versions else ""
    return Saved(page, theirs=versions[page.number], both=merged(base, told, page.html))


@transaction.atomic
def restore_page(group: Group, number: int, *, by: Viewer) -> PageVersion:
    """What a former version said becomes the newest one; nothing between is lost."""
    rights.require(by, "agora.write")
    allow(by, "work", lock(group))
    page = Page.objects.select_for_update().get(group=group)
    old = PageVersion.objects.filter(group=group, number=number).first()
    if old is None:
        raise Refused(_("There is no such version."))
    if old.html == page.html:
        return PageVersion.objects.get(group=group, number=page.number)
    note = _("Version %(number)d again") % {"number": number}
    return _lay(page, old.html, by=by, note=note, based_on=page.number, restored_from=number)


@transaction.atomic
def discard_draft(group: Group, *, by: Viewer) -> None:
    Draft.objects.filter(group=group, person_id=herself(by)).delete()


def _lay(
    page: Page,
    html: str,
    *,
    by: Viewer,
    note: str,
    based_on: int,
    restored_from: int | None = None,
) -> PageVersion:
    group = page.group
    mine = memberships(by).filter(group=group).first()
    version = PageVersion.objects.create(
        group=group,
        number=page.number + 1,
        html=html,
        note=shorten(note, 200),
        based_on=based_on,
        restored_from=restored_from,
        made_by_id=by.person_id,
        city_id=mine.city_id if mine else None,
    )
    page.html, page.number, page.saved_at = html, version.number, version.made_at
    page.save(update_fields=["html", "number", "saved_at"])
    changed(group)
    journal.record("groups.write", group, by=by, facts={"version": version.number})
    # Once a day is enough to be told that colleagues are writing.
    day = f"{version.made_at:%Y-%m-%d}"
    happenings.tell(
        "groups.written", page, key=f"groups.written:{group.code}:{day}", by=by,
        thread=thread_of(group),
    )  # fmt: skip
    return version
