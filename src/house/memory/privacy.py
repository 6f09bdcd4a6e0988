"""What this floor gives to a person's export, and what erasure does about it."""

from django.utils.translation import gettext_lazy as _

from house.memory.actions.settling import go_on, lock
from house.memory.models import Consent, Helper, NeverAsk, Offer, OfferedSpan, PeerQuestion
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

COVERS = ("memory.PeerQuestion.asker",)
ANSWERS = (
    "memory.Consent.person",
    "memory.OfferedSpan.author",
    "memory.NeverAsk.person",
    "memory.Helper.person",
)
OFFERS = ("memory.Offer.offered_by", "memory.Offer.author")


def register() -> None:
    export.register(
        "questions", _kept, told=_("Questions that you kept for your peers."), covers=COVERS
    )
    export.register(
        "words-for-alex",
        _words,
        told=_("Words of yours that ALEX was offered."),
        covers=("memory.OfferedSpan.author",),
    )
    export.register(
        "answers-about-words",
        _answers,
        told=_("What you answered when ALEX asked for your words, and whether you may be asked."),
        covers=("memory.Consent.person", "memory.NeverAsk.person"),
    )
    export.register(
        "helped-with",
        _helped,
        told=_("What you helped with and was offered to ALEX."),
        covers=("memory.Helper.person",),
    )
    export.register("offers", _offers, told=_("What you offered to ALEX."), covers=OFFERS)
    erasure.register(
        "questions", _erase, covers=COVERS, goes=_("Questions that you kept for your peers.")
    )
    erasure.register(
        "offers",
        _take_out,
        covers=(*ANSWERS, *OFFERS),
        goes=_("Words of yours that were offered to ALEX and are not published yet."),
        stays=_(
            "What you agreed to and was published: it is part of the entry, without your name."
        ),
    )


def _kept(person: Person) -> Section:
    mine = PeerQuestion.objects.filter(asker=person).order_by("pk")
    return Section(rows_of(mine, "code", "question", "language", "kept_at", "asked_at"))


def _words(person: Person) -> Section:
    mine = OfferedSpan.objects.filter(author=person).order_by("pk")
    return Section(rows_of(mine, "offer__code", "field", "said", "text", "url"))


def _answers(person: Person) -> Section:
    mine = Consent.objects.filter(person=person).order_by("pk")
    rows = rows_of(
        mine, "offer__code", "answer", "candour", "described_as", "asked_at", "answered_at"
    )
    never = NeverAsk.objects.filter(person=person)
    return Section([*rows, *rows_of(never, "since")])


def _helped(person: Person) -> Section:
    mine = Helper.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "offer__code", "what"))


def _offers(person: Person) -> Section:
    mine = Offer.objects.filter(offered_by=person).order_by("pk")
    return Section(rows_of(mine, "code", "template", "state", "offered_at", "settled_at"))


def _erase(person: Person) -> None:
    PeerQuestion.objects.filter(asker=person).delete()


def _take_out(person: Person) -> None:
    """As if she had said no to everything that is not published; then her rows go."""
    asked = Offer.objects.open().filter(
        pk__in=Consent.objects.filter(person=person).values("offer")
    )
    open_offers = list(asked)
    OfferedSpan.objects.filter(author=person, offer__in=open_offers).delete()
    for model in (Consent, Helper, NeverAsk):
        model.objects.filter(person=person).delete()
    for offer in open_offers:
        go_on(lock(offer))
    OfferedSpan.objects.filter(author=person).update(author=None)
    Offer.objects.filter(offered_by=person).update(offered_by=None)
    Offer.objects.filter(author=person).update(author=None)
