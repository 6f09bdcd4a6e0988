"""What came of a group, as it is offered to ALEX: each paragraph tied to whoever wrote it first."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.candour import Candour
from house.ground.html import to_text
from house.ground.text import shorten
from house.groups.merging import paragraphs_of
from house.groups.models import Group, Member, PageVersion, State
from house.memory import offers
from house.memory.offers import Offered, Span

# every row in this file: whoever offers leads the group and reads all of it

SOURCE = "groups.group"
# Where the parts of a group stand in each template: (the problem, the page, the result, what was learned).
FIELDS = {
    "case_study": ("challenge", "approach", "outcome_story", "differently"),
    "policy": ("", "how_it_works", "summary_text", "how_it_works"),
    "research": ("", "method", "findings", "limits"),
    "technology": ("", "lessons", "what", "lessons"),
}


def register() -> None:
    offers.register(offers.Source(SOURCE, gettext_lazy("A working group"), Group))


def written_by(group: Group) -> list[tuple[str, int | None]]:
    """The paragraphs of the page as it stands, each with the person in whose version it first stood."""
    first: dict[str, int | None] = {}
    last = ""
    for version in PageVersion.objects.filter(group=group).order_by("number"):
        for paragraph in paragraphs_of(version.html):
            first.setdefault(to_text(paragraph), version.made_by_id)
        last = version.html
    words = (to_text(paragraph) for paragraph in paragraphs_of(last))
    return [(text, first[text]) for text in words if text]


def offered_of(group: Group) -> Offered:
    """A group without a result is offered as a case: what it tried, and what stood in its way."""
    template = group.result_kind if group.state == State.ENDED else "case_study"
    members = list(Member.objects.filter(group=group).select_related("person", "city"))
    cities = sorted({member.city.name for member in members if member.city})
    author = next((each for each in members if each.person_id == group.ended_by_id), None)
    return Offered(
        template=template,
        content={
            "title": group.name,
            "summary": shorten(group.aim, 500),
            "language": group.language,
            "topics": list(group.topics.values_list("pk", flat=True)),
            "audience": "circle" if group.is_hidden else "alliance",
            "circle": group.circle_id if group.is_hidden else "",
            "city": (author.city_id or "") if author else "",
            "places": cities,
            "period_from": group.starts_on.isoformat(),
            "period_until": group.ended_at.date().isoformat() if group.ended_at else "",
            "outcome": group.outcome,
            "candour": Candour.CITY.value,
        },
        spans=list(_spans(group, template)),
        helpers={
            each.person_id: _("worked on it for %(city)s") % {"city": each.city.name}
            if each.city
            else _("worked on it for the foundation")
            for each in members
        },
        author=group.ended_by_id if author else None,
        # Members are known to each other by name; how each stands in ALEX is hers to say, as openly at most.
        candours={each.person_id: Candour.PERSON.value for each in members},
    )


def _spans(group: Group, template: str) -> Iterator[Span]:
    problem, page, result, learned = FIELDS[template]
    url = group.get_absolute_url()
    if problem:
        yield _of(group, problem, group.problem, f"{url}#problem", group.made_by_id)
    for text, author in written_by(group):
        yield Span(page, text, "groups.page", group.pk, f"{url}#page", author)
    if group.result:
        yield _of(group, result, group.result, f"{url}#result", group.ended_by_id)
    if group.learned:
        # Where nothing was made, what was learned is what came of it.
        where = learned if group.result else result
        yield _of(group, where, group.learned, f"{url}#learned", group.ended_by_id)
    if template == "case_study" and group.state == State.CLOSED:
        yield _of(
            group, "outcome_why", shorten(group.learned, 600), f"{url}#learned", group.ended_by_id
        )


def _of(group: Group, field: str, text: str, url: str, author: int | None) -> Span:
    return Span(field, text, SOURCE, group.pk, url, author)
