"""What becomes of a mail that came in: posted, applied, held for its sender, refused or ignored. Once."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.notices import answering, bounces, reply_to
from house.notices.feeds import may_read
from house.notices.intake import calendar_answers, pages, senders, spooling, telling
from house.notices.intake.calendar_answers import Answered
from house.notices.intake.cutting import Cut, Marks, cut
from house.notices.intake.mails import Taken, take_apart
from house.notices.intake.spooling import Spooled
from house.notices.invitations import organizer
from house.notices.models import HeldReply, Incoming, ReplyAddress
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.people.tally import take

# every row in this file: who a mail is from is settled here; what it may do is asked of the room's door

log = logging.getLogger(__name__)
PER_THING, PER_PERSON, HELD = 12, 60, 50
State, Why = Incoming.State, HeldReply.Why


@dataclass(slots=True)
class Case:
    """One mail with what is known of it."""

    spooled: Spooled
    taken: Taken
    key: str
    address: ReplyAddress | None = None
    person: Person | None = None
    is_automatic: bool = False
    verdict: senders.Verdict = "unproven"
    notes: list[str] = field(default_factory=list)

    @property
    def sender(self) -> str:
        return self.taken.senders[0]

    @property
    def door_key(self) -> str:
        return f"mail:{self.key[:32]}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`keeps` names the folder in which the mail stays."""

    state: str
    why: str = ""
    keeps: str = ""


def take_in(path: Path) -> str:
    """Do with one waiting mail what is to be done, in one transaction; in a word, what became of it.

    Killed anywhere in between, it begins again, or finds that it was done and only puts the file away.
    """
    spooled = spooling.load(path)
    if spooled is None:
        return "gone"
    taken = take_apart(spooled.raw)
    case = Case(spooled, taken, _key(spooled, taken))
    with transaction.atomic():
        row, is_new = Incoming.objects.get_or_create(
            key=case.key, defaults={"state": State.REFUSED}
        )
        if is_new:
            outcome = _settle(case)
            row.state, row.why, row.person = outcome.state, outcome.why[:300], case.person
            row.save(update_fields=["state", "why", "person"])
    if not is_new:
        is_held = HeldReply.objects.filter(file=spooled.name).exists()
        spooling.move(spooled.name, "held" if is_held else "")
        return "again"
    spooling.move(spooled.name, outcome.keeps)
    return outcome.state


def _key(spooled: Spooled, taken: Taken) -> str:
    """The same for every delivery of one mail, whose first lines differ; another for a forged twin."""
    told = [taken.message_id, *taken.senders[:3], *sorted(_receivers(spooled, taken))]
    seed = "\n".join(told).encode("utf-8", "replace") if taken.message_id else spooled.raw
    return hashlib.sha256(seed).hexdigest()


def _receivers(spooled: Spooled, taken: Taken) -> set[str]:
    """Our own addresses that it was sent to. The envelope says it; a file without one, the headers."""
    if spooled.receivers:
        return {each.strip().lower() for each in spooled.receivers}
    found: set[str] = set()
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"):
        for value in taken.headers_named(name)[:20]:
            found |= {each.strip("<>,;\"' ").lower() for each in value.split() if "@" in each}
    return {each for each in found if reply_to.token_in(each) is not None}


# -- Settling ------------------------------------------------------------------------------------


def _settle(case: Case) -> Outcome:
    taken, spooled = case.taken, case.spooled
    if taken.is_report or spooled.sender == "":
        found, _lost = bounces.take_in(spooled.raw)
        if found or taken.is_report:
            return Outcome(State.BOUNCE)
    if senders.is_ours(taken):
        return Outcome(State.IGNORED, "the house wrote it itself")
    case.is_automatic = senders.is_automatic(taken, spooled.sender)
    if taken.is_cut_short and not taken.senders:
        return Outcome(State.REFUSED, "unreadable", keeps="refused")
    if len(taken.senders) != 1:
        return Outcome(State.REFUSED, "no single sender", keeps="refused")
    case.address = _address(case)
    case.person = Person.objects.filter(email__iexact=case.sender, is_active=True).first()
    if case.address is not None and case.address.person_id != getattr(case.person, "pk", None):
        return _another(case)
    if case.person is None:
        return Outcome(State.REFUSED, "nobody of the house", keeps="refused")
    case.verdict = senders.verdict_on(taken, case.sender)
    if case.verdict == "failed":
        telling.tell_forged(case.person)
        return Outcome(State.REFUSED, "forged", keeps="refused")
    answers = calendar_answers.answers_in(taken.calendars, case.sender)
    if answers:
        return _answer_invitations(case, answers)
    if case.is_automatic:
        return Outcome(State.IGNORED, "a machine wrote it")
    if case.address is None and case.verdict != "proven":
        # Whoever knows her address could fill her list with drafts.
        telling.tell_forged(case.person)
        return Outcome(State.REFUSED, "neither proven nor to an address of hers", keeps="refused")
    return _reply(case)


def _address(case: Case) -> ReplyAddress | None:
    for each in sorted(_receivers(case.spooled, case.taken)):
        token = reply_to.token_in(each)
        if token and (row := reply_to.row_of(token)):
            return row
    return None


def _another(case: Case) -> Outcome:
    """The address is one person's, and somebody else wrote to it: perhaps she, from a second address of hers.

    Nothing is posted and nobody's draft is made of it. She whose address it is is told; the sender isn't,
    since who that is nobody knows.
    """
    assert case.address is not None  # noqa: S101 -- the caller asked, told to mypy
    case.person = None
    if not case.is_automatic and case.address.person.is_active:
        telling.tell_other_sender(case.address.person, case.sender)
    return Outcome(State.REFUSED, "not the person of this address", keeps="refused")


# -- An answer to an invitation ------------------------------------------------------------------


def _answer_invitations(case: Case, answers: Sequence[Answered]) -> Outcome:
    if case.verdict != "proven":
        ours = [each for each in answers if calendar_answers.invitation_for(each, case.person)]
        if not ours:
            return Outcome(State.REFUSED, "no invitation of ours", keeps="refused")
        return _held(case, Cut("", is_sure=False), Why.UNPROVEN, calendar=ours[0].as_json())
    words = []
    for each in answers[:5]:
        row = calendar_answers.invitation_for(each, case.person)
        word = _answered(each, row, case) if row else "no invitation of ours"
        words.append(word)
    return Outcome(State.ANSWERED, ", ".join(words))


def _answered(each: Answered, row: Model, case: Case) -> str:
    """An answer is applied or explained; explaining goes only to whom pressed the button herself."""
    if each.answer not in calendar_answers.ANSWERS:
        telling.tell_not_applied(case.person, row, each.answer, each.comment)
        return each.answer.lower() or "no answer"
    try:
        with transaction.atomic():
            word = calendar_answers.apply(each, row)
    except Refused as refusal:
        word = "refused"
        telling.tell_not_applied(case.person, row, word, refusal.message)
    else:
        if word in {"late", "refused", "unknown"}:
            telling.tell_not_applied(case.person, row, word, "")
    return word


# -- An answer to a notice -----------------------------------------------------------------------


def _reply(case: Case) -> Outcome:
    found = own_words(case)
    doubt = _doubt(case, found)
    if doubt:
        return _held(case, found, doubt)
    try:
        # A savepoint: what a refusal leaves half done is taken back, and the mail is held instead.
        with transaction.atomic():
            path = post(
                case.address, viewer_for(case.person), found.text, case.door_key, case.taken
            )
    except Refused as refusal:
        detail = " ".join(filter(None, (refusal.message, refusal.remedy)))
        return _held(case, found, Why.REFUSED, detail=detail)
    except LookupError:
        return _held(case, found, Why.GONE)
    if case.taken.left_out or case.taken.has_tnef:
        telling.tell_left_out(case.person, path, case.taken)
    return Outcome(State.POSTED, path)


def _doubt(case: Case, found: Cut) -> str:
    """Why she is asked before anything is posted; empty where nothing speaks against it."""
    row, person = case.address, case.person
    if row is None:
        return Why.NO_THING
    if case.verdict != "proven":
        return Why.UNPROVEN
    if row.expires_at <= timezone.now():
        return Why.EXPIRED
    if not may_read(viewer_for(person)):
        return Why.GONE
    if case.taken.is_cut_short:
        return Why.UNREADABLE
    if found.is_empty:
        return Why.UNREADABLE if case.taken.has_tnef else Why.EMPTY
    if not found.is_sure:
        return Why.UNSURE
    who = f"{person.pk}"
    if not take(
        "mail-in", f"{who} {row.kind} {row.thing}", limit=PER_THING, seconds=3600
    ) or not take("mail-in", who, limit=PER_PERSON, seconds=3600):
        return Why.MANY
    return ""


def own_words(case: Case) -> Cut:
    """From the plain text, and from the page where the text is missing or leaves a doubt."""
    marks = _marks(case)
    text, html = case.taken.text, case.taken.html
    plain = cut(text, marks) if text.strip() else Cut("", is_sure=False)
    if plain.is_sure or not html.strip():
        return plain
    page = cut(pages.to_lines(html), marks)
    if page.is_sure or plain.is_empty:
        return replace(page, is_sure=page.is_sure and not case.taken.is_cut_short)
    return plain


def _marks(case: Case) -> Marks:
    name, address = organizer()
    addresses = [address, settings.REPLY_ADDRESS.partition("@")[0] + "+"]
    return Marks(
        addresses=[each for each in addresses if len(each) > 3],
        name=name,
        subject=case.taken.header("Subject"),
        lines=(_("You get this because"), reverse("notices:inbox") + "leave/", f"{addresses[1]}"),
    )


def post(
    address: ReplyAddress | HeldReply, viewer: Viewer, text: str, key: str, taken: Taken | None
) -> str:
    """Through the room's own door, as she would by its form. Gives the path of what was posted.

    Raises `LookupError` where the thing is not there for her, and `Refused` as the room does.
    """
    door = answering.door_for(address.kind)
    if door is None or address.thing is None:
        raise LookupError(address.kind)
    thing = door.model.objects.visible_to(viewer).filter(pk=address.thing).first()
    if thing is None:
        raise LookupError(address.kind)
    files = [ContentFile(each.content, name=each.name) for each in taken.files] if taken else []
    return door.answer(thing, viewer, answering.Reply(text=text, key=key, files=files))


# -- Held ----------------------------------------------------------------------------------------


def _held(
    case: Case, found: Cut, why: str, *, detail: str = "", calendar: dict | None = None
) -> Outcome:
    """Nothing is lost: all that came waits for her, and she is told where."""
    person = case.person
    if case.is_automatic and calendar is None:
        return Outcome(State.IGNORED, "a machine wrote it")
    if HeldReply.objects.filter(person=person, done_at=None).count() >= HELD:
        return Outcome(State.REFUSED, "too many wait for her", keeps="refused")
    held = HeldReply.objects.create(
        person=person,
        kind=case.address.kind if case.address else "",
        thing=case.address.thing if case.address else None,
        subject=case.taken.header("Subject")[:200],
        text=found.text,
        original=whole_text(case.taken),
        why=why,
        detail=detail[:300],
        calendar=calendar or {},
        file=case.spooled.name,
        key=case.door_key,
    )
    if not case.is_automatic:
        telling.tell_held(held)
    return Outcome(State.HELD, why, keeps="held")


def whole_text(taken: Taken) -> str:
    """All that can be shown of a mail, its quotes too."""
    words = taken.text.strip() or pages.to_lines(taken.html).replace(pages.QUOTE_HERE, "")
    return words[:200_000]
