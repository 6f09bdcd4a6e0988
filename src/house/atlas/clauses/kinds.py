"""What is compared: four fields of rules, and in each the questions that a city's text answers.

Data of the house in code, so that a stored key always means the same. A question's `form` says what an
answer holds beside yes or no: "yes_no" nothing more, "number" a value with its unit, "date" a day, "words"
a short phrase.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Field(models.TextChoices):
    SHORT_TERM_RENTAL = "short-term-rental", _("Short-term rental")
    SHARED_VEHICLES = "shared-vehicles", _("Shared bikes and scooters")
    FOR_HIRE = "for-hire", _("For-hire vehicles")
    PLATFORM_WORK = "platform-work", _("Platform work")


# Topics of the vocabulary, the nearest first: who follows one is told of a change.
TOPICS: dict[str, tuple[str, ...]] = {
    Field.SHORT_TERM_RENTAL: ("short-term-rental",),
    Field.SHARED_VEHICLES: ("shared-micromobility", "bike-sharing"),
    Field.FOR_HIRE: ("ride-hailing", "taxi"),
    Field.PLATFORM_WORK: ("platform-work",),
}


class Form(models.TextChoices):
    YES_NO = "yes_no", _("yes or no")
    NUMBER = "number", _("a number with its unit")
    DATE = "date", _("a date")
    WORDS = "words", _("a few words")


@dataclass(frozen=True, slots=True)
class ClauseType:
    """`unit` is what cities mostly count it in: a proposal of the form, never a conversion."""

    key: str
    label: str | Promise
    question: str | Promise
    form: Form = Form.YES_NO
    unit: str = ""


_YES_NO, _NUMBER, _DATE, _WORDS = Form.YES_NO, Form.NUMBER, Form.DATE, Form.WORDS
_DATA = ClauseType(
    "data-duty", _("Data duty"), _("Must companies give data to the city or the state?")
)
_FINE = ClauseType("fine", _("Fine"), _("What is the highest fine that the text names?"), _NUMBER)
_ENFORCEMENT = ClauseType(
    "enforcement", _("Enforcement"), _("Who or what is held to account, and how?"), _WORDS
)
_SUNSET = ClauseType("sunset", _("End date"), _("Does the rule, or what it allows, end?"), _DATE)
_FEE = ClauseType("fee", _("Fee"), _("What does the licence or registration cost?"), _NUMBER)
_ZONE = ClauseType("zone", _("Where"), _("Does it depend on the place, and on which?"), _WORDS)
_PAY = ClauseType(
    "pay-floor", _("Pay floor"), _("Is there a lowest pay that counts for everybody?"), _NUMBER
)

TYPES: dict[str, tuple[ClauseType, ...]] = {
    Field.SHORT_TERM_RENTAL: (
        ClauseType(
            "licence", _("Licence or registration"), _("Must a host be licensed or registered?")
        ),
        ClauseType(
            "shown-number",
            _("Number in the advertisement"),
            _("Must an advertisement show a number?"),
        ),
        ClauseType(
            "cap-nights",
            _("Cap on nights"),
            _("How long may a whole home be let in a year?"),
            _NUMBER,
            "nights a year",
        ),
        ClauseType(
            "cap-guests",
            _("Cap on guests"),
            _("How many guests may stay at once?"),
            _NUMBER,
            "guests",
        ),
        ClauseType(
            "minimum-stay", _("Shortest stay"), _("Is there a shortest stay?"), _NUMBER, "days"
        ),
        ClauseType(
            "own-home",
            _("Only one’s own home"),
            _("May only a home be let that the host lives in?"),
        ),
        _ZONE,
        ClauseType("tax", _("Tax"), _("Is a tax due on each stay?")),
        ClauseType(
            "platform-check",
            _("Platform must check"),
            _("Must a platform check before it lists or charges?"),
        ),
        _DATA,
        _FEE,
        _FINE,
        _ENFORCEMENT,
        _SUNSET,
    ),
    Field.SHARED_VEHICLES: (
        ClauseType(
            "licence", _("Licence or permit"), _("Does an operator need a licence or permit?")
        ),
        ClauseType(
            "cap-fleet",
            _("Cap on the fleet"),
            _("Is the number of vehicles limited?"),
            _NUMBER,
            "vehicles",
        ),
        ClauseType("parking", _("Where to park"), _("Must vehicles be left in marked places?")),
        ClauseType("speed", _("Top speed"), _("How fast may they go?"), _NUMBER, "km/h"),
        ClauseType("age", _("Lowest age"), _("How old must a rider be?"), _NUMBER, "years"),
        ClauseType("insurance", _("Insurance"), _("Must the vehicles be insured?")),
        ClauseType("deposit", _("Deposit"), _("Must an operator leave a deposit?")),
        _ZONE,
        _DATA,
        _FEE,
        _FINE,
        _ENFORCEMENT,
        _SUNSET,
    ),
    Field.FOR_HIRE: (
        ClauseType(
            "licence",
            _("Licence or registration"),
            _("Must a driver or company be licensed or registered?"),
        ),
        ClauseType(
            "cap-vehicles",
            _("Cap on vehicles"),
            _("Is the number of vehicles or licences limited?"),
            _NUMBER,
            "vehicles",
        ),
        ClauseType(
            "threshold",
            _("From what size"),
            _("From how many trips does the rule apply?"),
            _NUMBER,
            "trips a day",
        ),
        ClauseType(
            "insurance", _("Insurance"), _("Must trips be insured, and for how much?"), _NUMBER
        ),
        ClauseType(
            "levy", _("Levy"), _("Is a part of each fare due to the city?"), _NUMBER, "percent"
        ),
        ClauseType(
            "accessible",
            _("Accessible vehicles"),
            _("Must wheelchair-accessible vehicles be offered?"),
        ),
        _PAY,
        _ZONE,
        _DATA,
        _FEE,
        _FINE,
        _ENFORCEMENT,
        _SUNSET,
    ),
    Field.PLATFORM_WORK: (
        _PAY,
        ClauseType("licence", _("Licence of the platform"), _("Does a platform need a licence?")),
        ClauseType("tips", _("Tips"), _("Is it ruled how tips are asked for and passed on?")),
        ClauseType(
            "information",
            _("Told beforehand"),
            _("Must workers be told distance, route or pay beforehand?"),
        ),
        ClauseType(
            "deactivation",
            _("Closing an account"),
            _("Are workers protected when an account is closed?"),
        ),
        ClauseType(
            "facilities",
            _("Toilets and rest"),
            _("Must toilets or places to rest be open to workers?"),
        ),
        ClauseType(
            "equipment", _("Equipment"), _("Must the platform provide or pay for equipment?")
        ),
        _DATA,
        _FEE,
        _FINE,
        _ENFORCEMENT,
        _SUNSET,
    ),
}


def types_of(field: str) -> tuple[ClauseType, ...]:
    """The questions of a field in their order; nothing for an unknown field."""
    return TYPES.get(field, ())


def type_of(field: str, key: str) -> ClauseType | None:
    return next((each for each in types_of(field) if each.key == key), None)


ALL_KEYS = frozenset(each.key for types in TYPES.values() for each in types)
