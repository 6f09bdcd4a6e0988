"""Letters become messages, each built for its receiver as viewer; or it is said why nothing is sent."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.mail import EmailMessage
from django.db.models import Model
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.notices import letters as patterns
from house.notices.book import Book
from house.notices.letters import Pattern, Written
from house.notices.message_ids import id_of
from house.notices.models import Letter, Mail, Suppression
from house.notices.transport import Failure, take_off
from house.partners.viewing import viewers_for
from house.people.models import Person

# every row in this file: a letter is built for its receiver as viewer, whoever runs this

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Parcel:
    """One letter on its way. Without a message there is nothing to carry: `state` says what to settle."""

    letter: Letter
    message: EmailMessage | None = None
    state: str = Letter.State.WAITING
    error: str = ""
    failure: Failure | None = None
    # Worth a row in the office's list of mails although it wasn't sent.
    is_told: bool = False
    mail: Mail | None = None

    @property
    def message_id(self) -> str:
        return id_of(self.letter.pk)

    def withhold(self, why: str, *, is_told: bool = True) -> None:
        self.message, self.state, self.error = None, Letter.State.WITHHELD, why
        self.is_told = is_told


def pack(letters: Sequence[Letter], own: Book) -> list[Parcel]:
    """In the order of the letters. A letter that can't be written keeps no other back."""
    parcels = [Parcel(letter) for letter in letters]
    open_ones = []
    viewers = viewers_for({letter.person_id: letter.person for letter in letters}.values())
    stopped = _stopped(letters)
    for parcel in parcels:
        if own.holds(parcel.message_id):
            parcel.state = Letter.State.SENT  # taken before somebody was killed
        elif why := _why_not(parcel.letter, viewers[parcel.letter.person_id], stopped):
            parcel.withhold(why)
        else:
            open_ones.append(parcel)
    by_kind = defaultdict(list)
    for parcel in open_ones:
        by_kind[parcel.letter.kind].append(parcel)
    for kind, alike in by_kind.items():
        if kind in patterns.OWN:
            _write_own(alike, viewers)
        else:
            _write_rooms(alike, patterns.pattern_of(kind), viewers)
    return parcels


def _stopped(letters: Sequence[Letter]) -> set[str]:
    addresses = [letter.person.email.lower() for letter in letters]
    rows = Suppression.objects.annotate(plain=Lower("address")).filter(plain__in=addresses)
    return set(rows.values_list("plain", flat=True))


def _why_not(letter: Letter, viewer: Viewer, stopped: set[str]) -> str:
    """To whom it may concern changed since somebody decided to write."""
    if letter.person.email.lower() in stopped:
        return _("Mail to this address came back before. The office can clear it.")
    if not letter.person.is_active:
        return _("The receiver may not read this any more.")
    if letter.kind in patterns.OWN:
        return ""
    if not patterns.is_known(letter.kind):
        return _("Nothing in the house writes letters of this kind any more.")
    takes = patterns.pattern_of(letter.kind).takes
    if takes and not viewer.can(takes):
        return _("The receiver may not read this any more.")
    return ""


def _write_own(parcels: list[Parcel], viewers: dict[int, Viewer]) -> None:
    """What this floor writes itself."""
    writers = patterns.OWN[parcels[0].letter.kind]([each.letter for each in parcels], viewers)
    for parcel in parcels:
        _write(parcel, writers[parcel.letter.pk])


def _write_rooms(parcels: list[Parcel], pattern: Pattern, viewers: dict[int, Viewer]) -> None:
    things = pattern.model.objects.in_bulk([parcel.letter.thing for parcel in parcels])
    for parcel in parcels:
        letter = parcel.letter
        thing: Model | None = things.get(letter.thing)
        if thing is None:
            parcel.withhold(_("What it was about is gone."))
        else:
            viewer = viewers[letter.person_id]
            _write(parcel, partial(pattern.write, thing, letter.person, viewer))


def _write(parcel: Parcel, writer: Callable[[], Written]) -> None:
    letter = parcel.letter
    try:
        _take(parcel, writer())
    except Exception as problem:  # the outer edge: what a room can't tell must not keep others back
        log.exception("Letter %s of kind %s could not be written.", letter.pk, letter.kind)
        parcel.message = None
        parcel.failure = Failure(f"{type(problem).__name__}: {problem}", is_lasting=False)


def _take(parcel: Parcel, message: EmailMessage | None) -> None:
    if message is None:
        parcel.withhold(_("There was nothing to tell any more."), is_told=False)
        return
    take_off(message)
    _address(message, parcel.letter.person)
    message.extra_headers["Message-ID"] = f"<{parcel.message_id}>"
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    parcel.message = message


def _address(message: EmailMessage, person: Person) -> None:
    """To its receiver and nobody else, whatever a room wrote."""
    message.to, message.cc, message.bcc = [person.email], [], []
