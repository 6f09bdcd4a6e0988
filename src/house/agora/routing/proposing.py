"""Up to three peers with their reasons, for who asks; and what of the reasons each who is asked may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from house.access.audience import Audience, token_of
from house.access.doors import who_sees
from house.access.viewer import Viewer
from house.agora.models import Post
from house.agora.routing import words
from house.agora.routing.facts import Choice
from house.agora.routing.judging import AT_MOST, burden, choose
from house.agora.routing.reading import READ, Asking, asking_of, loads_of, peers_for, question_of
from house.agora.routing.reasons import Told, to_asker
from house.partners.viewing import viewers_for
from house.people.cards import Card, card_of
from house.people.models import Person
from house.vocabulary.models import Topic

# Looked at before it is known who of them may answer at all.
LOOKED_AT = 24
# What follows from the asker's own city or hours: never told to anybody where she hides them.
OF_ASKER = frozenset({"like", "hours"})


@dataclass(frozen=True, slots=True)
class Proposal:
    person: Person
    card: Card
    score: float
    reasons: tuple[Told, ...]
    choice: Choice

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def role(self) -> str:
        return self.card.job_title

    @property
    def city(self) -> str:
        return self.card.city.label() if self.card.city else ""

    @property
    def why(self) -> str:
        return self.reasons[0].text if self.reasons else ""


def propose(
    asking: Asking | Post,
    *,
    viewer: Viewer,
    exclude: Iterable[int] = (),
    count: int = AT_MOST,
    token: str = "",
) -> list[Proposal]:
    """The best first, at most one of each city, of those who may read and answer it.

    `token` is the audience of what is still being written; a post brings its own.
    """
    if isinstance(asking, Post):
        token, asking = token_of(asking), asking_of(asking)
    token = token or str(Audience.ALLIANCE)
    # every row: the asker herself
    asker = Person.objects.select_related("city").get(pk=viewer.person_id)
    peers, by_meaning = peers_for(asking, viewer)
    chosen = choose(
        question_of(asking, asker, by_meaning=by_meaning),
        peers,
        count=LOOKED_AT,
        without=frozenset(exclude),
    )
    persons = _who_may_answer(chosen, token)
    labels = _topic_labels(chosen, viewer)
    return [
        Proposal(
            persons[choice.person],
            card_of(persons[choice.person], viewer),
            choice.score,
            tuple(to_asker(choice.reasons, labels)),
            choice,
        )
        for choice in chosen
        if choice.person in persons
    ][:count]


def _who_may_answer(chosen: Sequence[Choice], token: str) -> dict[int, Person]:
    """With the rights of now: an associate reads along, and a circle's post is for the circle."""
    # every row: chosen among people who came through the asker's door
    people = Person.objects.select_related("city").in_bulk([choice.person for choice in chosen])
    viewers = viewers_for(list(people.values()))
    return {
        pk: person
        for pk, person in people.items()
        if viewers[pk].can("agora.write") and token in viewers[pk].tokens
    }


def experts_for(post: Post, *, exclude: Iterable[int]) -> list[Person]:
    """Experts of the foundation who may answer it: first whom it is about, then who was asked least."""
    here = {"is_active": True, "erased_at__isnull": True, "erase_after__isnull": True}
    # every row: who of the foundation answers for it is no secret
    found = Person.objects.filter(is_expert=True, **here).exclude(pk__in=list(exclude))
    experts = {person.pk: person for person in found}
    viewers = viewers_for(list(experts.values()))
    loads = loads_of(experts)
    says = words.about(
        f"{post.title}\n{post.body}"[:READ],
        {pk: f"{person.can_help_with} {person.job_title}" for pk, person in experts.items()},
    )
    seeing = who_sees(post, viewers)
    fit = [
        pk
        for pk in experts
        if pk in seeing and viewers[pk].can("agora.write") and not loads[pk].is_away
    ]
    fit.sort(key=lambda pk: (-(0.2 + says.get(pk, 0.0)) / burden(loads[pk]), pk))
    return [experts[pk] for pk in fit]


def _topic_labels(chosen: Iterable[Choice], viewer: Viewer) -> dict[str, str]:
    slugs = {
        slug
        for choice in chosen
        for reason in choice.reasons
        for slug in reason.facts.get("topics", ())
    }
    return {t.pk: t.label() for t in Topic.objects.visible_to(viewer).filter(pk__in=slugs)}
