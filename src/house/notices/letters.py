"""Mails to one person about one thing of hers, each sent exactly once: invitations, offers, confirmations.

A room registers how a letter of its kind is written, and its actions `post` one in their own
transaction. The worker builds it when it is sent, for its receiver as viewer: `write` gives None for
what must not be sent any more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.notices import rounds
from house.notices.models import Letter
from house.people.models import Person

# every row in this file: a letter is posted for its receiver, whoever acts


@dataclass(frozen=True, slots=True)
class Pattern:
    """How letters of a kind are written. `takes` is judged at sending time; empty: everybody may get it."""

    kind: str
    model: type[Model]
    write: Callable[[Model, Person, Viewer], EmailMultiAlternatives | None]
    takes: str = ""


_patterns: dict[str, Pattern] = {}
# What this floor writes itself (mails about what happened, digests): what many letters need is asked at
# once, then each is written by itself, so that one which can't be keeps no other back.
Written = EmailMultiAlternatives | None
Own = Callable[[Sequence[Letter], Mapping[int, Viewer]], Mapping[int, Callable[[], Written]]]
OWN: dict[str, Own] = {}


def register(pattern: Pattern) -> None:
    _patterns[pattern.kind] = pattern


def pattern_of(kind: str) -> Pattern:
    return _patterns[kind]


def is_known(kind: str) -> bool:
    return kind in _patterns


def label_of(kind: str) -> str:
    """For who looks after mail."""
    labels = {"notices.digest": _("Digest"), "notices.told": _("Notice")}
    return labels.get(kind, _("Letter: %(kind)s") % {"kind": kind})


def post(kind: str, thing: Model, person: int, *, key: str) -> Letter:
    """Have it sent, once for the key, after the caller's transaction."""
    _check_known(kind)
    letter, is_new = Letter.objects.get_or_create(
        key=key, defaults={"kind": kind, "thing": thing.pk, "person_id": person}
    )
    if is_new:
        rounds.soon()
    return letter


def post_many(kind: str, told: Iterable[tuple[Model, int, str]]) -> None:
    """Of each (thing, person, key) what `post` does, in one query for some hundreds."""
    _check_known(kind)
    letters = [
        Letter(kind=kind, thing=thing.pk, person_id=person, key=key) for thing, person, key in told
    ]
    if letters:
        Letter.objects.bulk_create(letters, batch_size=500, ignore_conflicts=True)
        rounds.soon()


def _check_known(kind: str) -> None:
    if kind not in _patterns:
        raise LookupError(f"No kind of letter is called {kind!r}")
