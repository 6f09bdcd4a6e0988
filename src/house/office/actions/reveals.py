"""Who a sealed author is: two office people, one reason, once each. Every way out stays sealed."""

import datetime
from functools import partial

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.candour import Candour
from house.access.viewer import Viewer
from house.agora.models import Answer, Post
from house.alex.models.entry import Entry
from house.ground.errors import Forbidden, Refused
from house.office import tasks
from house.office.models import Reveal
from house.partners import rights
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: `rights.require` asks first for the capability, and each function for the person

LAPSES, OPEN = datetime.timedelta(days=7), datetime.timedelta(hours=24)
SEALED = {Candour.SEALED, Candour.DESCRIBED}
COLUMNS: dict[type[Model], str] = {Entry: "entry", Post: "post", Answer: "answer"}


@transaction.atomic
def ask_reveal(thing: Entry | Post | Answer, *, by: Viewer, reason: str) -> Reveal:
    """Ask that a colleague agrees. Nothing is shown to anybody yet; it lapses after seven days."""
    _require(by)
    if not type(thing).objects.visible_to(by).filter(pk=thing.pk).exists():
        raise Forbidden(_("You can't read this."))
    if thing.candour not in SEALED or thing.author_id is None:
        raise Refused(_("This does not hide who wrote it."))
    if thing.author_id == by.person_id:
        raise Refused(_("You wrote this yourself."))
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why: the author reads the reason."))
    now = timezone.now()
    about = {COLUMNS[type(thing)]: thing}
    waiting = Reveal.objects.filter(
        **about, agreed_at__isnull=True, refused_at__isnull=True, lapses_at__gt=now
    )
    if waiting.exists():
        raise Refused(_("This was asked already and waits for a second person."))
    reveal = Reveal.objects.create(
        **about,
        author_id=thing.author_id,
        reason=reason,
        asked_by_id=by.person_id,
        asked_at=now,
        lapses_at=now + LAPSES,
    )
    journal.record("reveal.ask", reveal, by=by, reason=reason)
    return reveal


@transaction.atomic
def agree_to_reveal(reveal: Reveal, *, by: Viewer) -> Reveal:
    """The second person agrees: for a day each of the two may read the name once, and the author is told."""
    _require(by)
    reveal = _locked(reveal)
    _is_waiting(reveal)
    if by.person_id == reveal.asked_by_id:
        raise Forbidden(
            _("You asked for this yourself."), remedy=_("Another person of the office must agree.")
        )
    if by.person_id == reveal.author_id:
        raise Forbidden(_("You wrote this yourself."), remedy=_("Somebody else must decide."))
    asker = Person.objects.filter(pk=reveal.asked_by_id).first()
    if asker is None or not viewer_for(asker).can("office.reveal"):
        raise Refused(_("Who asked is not of the office any more, so there are not two of you."))
    reveal.agreed_by_id, reveal.agreed_at = by.person_id, timezone.now()
    reveal.save(update_fields=["agreed_by", "agreed_at"])
    transaction.on_commit(partial(tasks.mail_reveal.enqueue, reveal.pk))
    journal.record("reveal.agree", reveal, by=by, reason=reveal.reason)
    return reveal


@transaction.atomic
def refuse_reveal(reveal: Reveal, *, by: Viewer) -> Reveal:
    """Anybody of the two kinds may end it, also who asked."""
    _require(by)
    reveal = _locked(reveal)
    _is_waiting(reveal)
    reveal.refused_by_id, reveal.refused_at = by.person_id, timezone.now()
    reveal.save(update_fields=["refused_by", "refused_at"])
    journal.record("reveal.refuse", reveal, by=by, reason=reveal.reason)
    return reveal


@transaction.atomic
def read_name(reveal: Reveal, *, by: Viewer) -> Person:
    """The author, to one of the two, once, within a day of the agreement."""
    _require(by)
    reveal = _locked(reveal)
    if by.person_id not in {reveal.asked_by_id, reveal.agreed_by_id}:
        raise Forbidden(_("Only the two who decided this may read the name."))
    if reveal.agreed_at is None:
        raise Refused(_("Nobody has agreed yet."))
    if timezone.now() - reveal.agreed_at > OPEN:
        raise Refused(
            _("The day for reading the name is over."), remedy=_("Ask again, with a reason.")
        )
    column = "read_by_asker_at" if by.person_id == reveal.asked_by_id else "read_by_other_at"
    if getattr(reveal, column) is not None:
        raise Refused(_("You have read the name already. It is shown once."))
    setattr(reveal, column, timezone.now())
    reveal.save(update_fields=[column])
    author = Person.objects.select_related("city").get(pk=reveal.author_id)
    journal.record("reveal.read", reveal, by=by, reason=reveal.reason)
    return author


def _require(by: Viewer) -> None:
    """A person with the capability: who runs commands on the machine is nobody to agree with."""
    rights.require(by, "office.reveal")
    if by.person_id is None:
        raise Forbidden(_("This takes two persons."))


def _locked(reveal: Reveal) -> Reveal:
    return Reveal.objects.select_for_update(of=("self",)).get(pk=reveal.pk)


def _is_waiting(reveal: Reveal) -> None:
    if reveal.agreed_at or reveal.refused_at:
        raise Refused(_("This is decided already."))
    if reveal.lapses_at <= timezone.now():
        raise Refused(_("This has lapsed after seven days."), remedy=_("Ask again, with a reason."))
