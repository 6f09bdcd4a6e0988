from typing import Any

from ninja import Field, Schema

from house.alex.api import CityRef


class RightOut(Schema):
    allowed: bool
    reason: str
    remedy: str


class BenefitOut(Schema):
    benefit: str
    period: str
    granted: int
    held: int
    used: int
    left: int


class BenefitItem(BenefitOut):
    name: str
    city: CityRef


class BenefitList(Schema):
    items: list[BenefitItem]
    next: str | None


class HoldIn(Schema):
    what_for: str = Field(min_length=1, max_length=500)
    city: str = Field("", description="The slug, for who has a seat in several cities")


class HoldOut(Schema):
    code: str
    benefit: str
    city: CityRef
    state: str
    what_for: str
    left: int = Field(description="Of the period that the unit was taken from")


class PersonOut(Schema):
    code: str
    name: str
    email: str
    languages: list[str]
    time_zone: str


class MeOut(Schema):
    person: PersonOut | None
    city: CityRef | None
    level: str
    rights: dict[str, RightOut]
    benefits: list[BenefitOut]


class HitOut(Schema):
    id: str
    kind: str
    title: str
    url: str
    snippet: str
    language: str


class FacetOut(Schema):
    value: str
    count: int


class SearchIn(Schema):
    q: str = Field("", max_length=10_000)
    kind: str = ""
    topic: str = ""
    city: str = ""
    country: str = ""
    outcome: str = ""
    language: str = ""
    cursor: str = ""


class SearchOut(Schema):
    items: list[HitOut]
    next: str | None
    mode: str = Field(description='"both" for words and meaning, "words" where no model answers')
    total: int
    facets: dict[str, list[FacetOut]]
    did_you_mean: str


class QuestionIn(Schema):
    question: str = Field(min_length=2, max_length=2000)


class FigureOut(Schema):
    name: str
    label: str
    value: float
    unit: str
    year: int | None
    source: str
    url: str


class CityOut(CityRef):
    names: dict[str, str]
    country: str
    country_name: str
    latitude: float
    longitude: float
    time_zone: str
    languages: list[str]
    summary: str
    url: str


class CityDetailOut(CityOut):
    figures: list[FigureOut]


class CityList(Schema):
    items: list[CityOut]
    next: str | None


class TopicOut(Schema):
    slug: str
    labels: dict[str, str]
    alt_labels: dict[str, list[str]]
    definition: str
    broader: str | None
    url: str


class TopicList(Schema):
    items: list[TopicOut]
    next: str | None


class PartnershipOut(Schema):
    city: CityRef
    level: str
    since: str
    is_demonstration: bool


class PartnershipList(Schema):
    items: list[PartnershipOut]
    next: str | None


AnswerOut = dict[str, Any]
