# ruff: noqa: E501 -- one line for each field reads as a table
"""The kinds of entry and what each asks for. One declaration drives form, page, passages and exports."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

# How a field is written, kept and shown:
#   line, url, date ("2019-04-01", or less: "2019-04", "2019"), year, choice: str
#   text: plain paragraphs · rich: sanitised HTML · list: list[str] · link: {"label", "url"}
#   clauses: [{"type", "text", "value", "unit"}] · chapters: [{"start": seconds, "title"}]
#   media: {"url"} or {"attachment": code} · transcript: the code of a Transcript, or ""
SECTION_TYPES = frozenset({"rich", "text", "clauses"})
TYPES = SECTION_TYPES | {
    "line", "url", "date", "year", "choice", "list", "link", "chapters", "media", "transcript",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a kind's template. `term` is its Dublin Core or schema.org name, where one fits."""

    key: str
    label: Words
    type: str
    help: Words = ""
    required: bool = False
    choices: tuple[tuple[str, Words], ...] = ()
    term: str = ""

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"{self.key}: no such type {self.type}")

    @property
    def is_section(self) -> bool:
        """Read as a section with an anchor; the others are key facts at the top of the page."""
        return self.type in SECTION_TYPES

    @property
    def anchor(self) -> str:
        return self.key.replace("_", "-")

    def choice_label(self, value: str) -> Words:
        return dict(self.choices).get(value, value)


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    label: Words
    plural: Words
    help: Words
    fields: tuple[Field, ...]
    schema_type: str  # https://schema.org/…
    dublin_core: str  # a term of the DCMI Type Vocabulary
    review_months: int = 12
    by_key: dict[str, Field] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {each.key: each for each in self.fields})

    @property
    def sections(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.is_section)

    @property
    def facts(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if not each.is_section)


CLAUSE_TYPES: tuple[tuple[str, Words], ...] = (
    ("licence", _("Licence or registration")),
    ("cap", _("Cap or limit")),
    ("zone", _("Zone or place")),
    ("tax", _("Tax or fee")),
    ("data_duty", _("Duty to share data")),
    ("pay_floor", _("Pay floor")),
    ("enforcement", _("Enforcement and fines")),
    ("sunset", _("End date or evaluation")),
    ("other", _("Other")),
)
STATUSES: tuple[tuple[str, Words], ...] = (
    ("proposed", pgettext_lazy("status of a policy", "Proposed")),
    ("adopted", pgettext_lazy("status of a policy", "Adopted, not yet in force")),
    ("in_force", pgettext_lazy("status of a policy", "In force")),
    ("suspended", pgettext_lazy("status of a policy", "Suspended")),
    ("repealed", pgettext_lazy("status of a policy", "Repealed or lapsed")),
    ("rejected", pgettext_lazy("status of a policy", "Rejected")),
)
OPENNESS: tuple[tuple[str, Words], ...] = (
    ("open_source", _("Open source")),
    ("vendor", _("A vendor's product")),
    ("mixed", _("A mix of both")),
)

_CASE_STUDY = Kind(
    "case_study",
    _("Case study"),
    _("Case studies"),
    _("What a city tried, what came of it, and what it would do differently."),
    (
        Field("challenge", _("The challenge"), "rich", _("What was going wrong, for whom, and since when?"), required=True, term="abstract"),
        Field("approach", _("What we did"), "rich", _("The steps, in the order they were taken. A stranger should be able to repeat them."), required=True),
        Field("outcome_story", _("What came of it"), "rich", _("What changed, for whom, and how you know. Figures need a source."), required=True),
        Field("differently", _("What we would do differently"), "rich", _("The part other cities read first.")),
        Field("cost", _("Cost"), "line", _("Such as “€120,000 a year, half of it software”.")),
        Field("time", _("Time"), "line", _("From the first idea to the first result.")),
        Field("staff", _("Staff"), "line", _("Who worked on it, and how much.")),
        Field("legal_basis", _("Legal basis"), "text", _("The law, ordinance or contract it rests on.")),
        Field("partners", _("Partners"), "list", _("One on each line."), term="contributor"),
        Field("evidence", _("Evidence"), "rich", _("Evaluations, counts, court decisions: what would convince a sceptic?")),
    ),
    schema_type="Article",
    dublin_core="Text",
)  # fmt: skip
_POLICY = Kind(
    "policy",
    _("Policy"),
    _("Policies"),
    _("A rule, plan or programme: what it says, clause by clause, and where its text stands."),
    (
        Field("instrument", _("Instrument"), "line", _("Such as ordinance, zoning plan, permit scheme, covenant."), required=True, term="legislationType"),
        Field("jurisdiction", _("Jurisdiction"), "line", _("Where it holds: a city, a district, a state."), required=True, term="legislationJurisdiction"),
        Field("status", _("Status"), "choice", required=True, choices=STATUSES, term="legislationLegalForce"),
        Field("in_force_from", _("In force from"), "date", term="legislationDateVersion"),
        Field("in_force_until", _("In force until"), "date", _("Leave empty if it has no end.")),
        Field("official_text", _("Official text"), "link", _("Where the authority itself publishes it."), term="legislationIdentifier"),
        Field("summary_text", _("What it says"), "rich", _("In words a colleague from another field understands."), required=True, term="abstract"),
        Field("clauses", _("Clauses"), "clauses", _("One for each rule that another city might copy, with its figure where it has one.")),
        Field("how_it_works", _("How it works in practice"), "rich", _("Who checks, who pays, what people do to get round it.")),
    ),
    schema_type="Legislation",
    dublin_core="Text",
)  # fmt: skip
_RESEARCH = Kind(
    "research",
    _("Research"),
    _("Research"),
    _("A study or report, told so that a city can use it."),
    (
        Field("authors", _("Authors"), "list", _("One on each line."), required=True, term="creator"),
        Field("year", _("Year"), "year", required=True, term="datePublished"),
        Field("doi", _("DOI"), "line", _("Such as 10.1000/182."), term="identifier"),
        Field("method", _("Method"), "rich", _("Where, when, how many, and how it was measured.")),
        Field("findings", _("Findings"), "rich", _("What it found, with its own uncertainty."), required=True, term="abstract"),
        Field("limits", _("Limits"), "rich", _("What it can't tell you.")),
    ),
    schema_type="ScholarlyArticle",
    dublin_core="Text",
    review_months=24,
)  # fmt: skip
_TECHNOLOGY = Kind(
    "technology",
    _("Technology"),
    _("Technologies"),
    _("A platform, tool or standard that a city runs or relies on."),
    (
        Field("what", _("What it does"), "rich", _("In words that need no engineer."), required=True, term="abstract"),
        Field("run_by", _("Run by"), "line", required=True, term="provider"),
        Field("openness", _("Open source or vendor"), "choice", required=True, choices=OPENNESS),
        Field("standards", _("Standards"), "list", _("Such as GBFS or MDS, one on each line."), term="conformsTo"),
        Field("used_by", _("Used by"), "list", _("Cities and organisations, one on each line.")),
        Field("lessons", _("Lessons"), "rich", _("What you wish you had known before you bought or built it.")),
    ),
    schema_type="SoftwareApplication",
    dublin_core="Software",
)  # fmt: skip
_RECORDING = Kind(
    "recording",
    _("Recording"),
    _("Recordings"),
    _("A seminar, hearing or talk, with a transcript you can search and quote."),
    (
        Field("event", _("Event"), "line", _("Such as “Online seminar on pay floors, March 2019”."), required=True, term="isPartOf"),
        Field("speakers", _("Speakers"), "list", _("One on each line."), term="actor"),
        Field("media", _("Recording"), "media", _("A link, or a sound or film file.")),
        Field("transcript", _("Transcript"), "transcript", _("A WebVTT or SRT file: it makes every sentence findable.")),
        Field("chapters", _("Chapters"), "chapters", _("Where each part begins.")),
    ),
    schema_type="VideoObject",
    dublin_core="MovingImage",
    review_months=36,
)  # fmt: skip

KINDS: dict[str, Kind] = {
    kind.key: kind for kind in (_CASE_STUDY, _POLICY, _RESEARCH, _TECHNOLOGY, _RECORDING)
}
CHOICES: list[tuple[str, Words]] = [(kind.key, kind.label) for kind in KINDS.values()]
