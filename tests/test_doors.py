"""No reader shows more than the door. Canaries of every audience and state are put where they could leak."""

import re
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from house.access.doors import who_sees
from house.access.viewer import VISITOR
from house.alex.models import Entry
from house.alex.models.entry import State
from house.partners.models import Circle
from house.partners.viewing import viewer_for
from house.people.tokens import issue_token
from house.retrieval import outbox
from tests import readers
from tests.factories import EntryFactory, PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db

LIKELY_TO_LEAK = ("public", "alliance", "mycity", "othercity", "mycircle", "othercircle", "mine", "private",
                  "draft", "submitted", "withdrawn", "sealed")  # fmt: skip
# Who may read which canary, in plain words and by hand: the expectation never comes from the code under test.
MAY_READ = {
    "visitor": {"public"},
    "guest": {"public"},
    "associate": {"public", "alliance", "sealed"},
    "member": {"public", "alliance", "sealed", "mycity", "mycircle", "mine"},
    "neighbour": {"public", "alliance", "sealed", "othercity", "othercircle"},
    "curator": {"public", "alliance", "sealed", "mycity", "othercity", "mycircle", "othercircle", "submitted",
                "withdrawn"},
}  # fmt: skip
# A curator sees what was offered to review, but readers' lists and searches stay with what she may *read* there.


@pytest.fixture
def house(settings, member, neighbour, associate, curator):
    """One canary of each sort, all about the same topic, told in the same words."""
    settings.EMBEDDINGS_URL = "none"
    topic = TopicFactory(slug="bike-sharing")
    mine, others = Circle.objects.create(name="Mine"), Circle.objects.create(name="Others")
    mine.persons.add(member.person)
    others.cities.add(neighbour.city)
    somebody = PersonFactory(name="Somebody Else", city=neighbour.city)
    facts = {
        "public": {"audience": "public"},
        "alliance": {"audience": "alliance"},
        "mycity": {"audience": "city", "city": member.city},
        "othercity": {"audience": "city", "city": neighbour.city},
        "mycircle": {"audience": "circle", "circle": mine},
        "othercircle": {"audience": "circle", "circle": others},
        "mine": {"audience": "private", "author": member.person},
        "private": {"audience": "private", "author": somebody},
        "draft": {"audience": "public", "state": State.DRAFT, "author": somebody},
        "submitted": {"audience": "public", "state": State.SUBMITTED, "author": somebody},
        "withdrawn": {"audience": "public", "state": State.WITHDRAWN, "author": somebody},
        "sealed": {
            "audience": "alliance",
            "candour": "sealed",
            "author": somebody,
            "city": neighbour.city,
        },
    }
    made = []
    for name in LIKELY_TO_LEAK:
        entry = EntryFactory(
            title=f"The canary zz{name} of the harbour", summary=f"What happened with the canary zz{name}.",
            topics=[topic], fields={"challenge": f"<p>The canary zz{name} of the harbour sang.</p>"},
            **{"state": State.PUBLISHED, "city": member.city, **facts[name]},
        )  # fmt: skip
        entry.canary = name
        outbox.touch("entry", entry.pk)
        made.append(entry)
    outbox.drain()
    people = {"visitor": None, "guest": PersonFactory(), "associate": associate.person, "member": member.person,
              "neighbour": neighbour.person, "curator": curator}  # fmt: skip
    return made, people


def canaries_in(text):
    return {name for name in LIKELY_TO_LEAK if re.search(rf"zz{name}\b", text)}


def look_of(client_factory, house, who):
    entries, people = house
    person = people[who]
    headers = {"Authorization": f"Bearer {issue_token(person)}"} if person else {}
    return readers.Look(client_factory(person), headers, person, entries)


@pytest.mark.parametrize("read", readers.ALL + readers.SOME, ids=lambda read: read.__name__)
def test_no_reader_shows_more_than_the_door(client_factory, house, read):
    for who, allowed in MAY_READ.items():
        text = read(look_of(client_factory, house, who))
        assert canaries_in(text) <= allowed, who
        if (
            read is not readers.city_page
        ):  # there she stands among her city's people, as everybody does
            assert "Somebody Else" not in text or who == "curator", (
                f"the sealed author is told to {who}"
            )


@pytest.mark.parametrize("read", readers.ALL, ids=lambda read: read.__name__)
def test_a_reader_of_each_thing_shows_no_less(client_factory, house, read):
    """The proof that the canaries above could sing at all."""
    for who in ("visitor", "associate", "member", "neighbour"):
        assert canaries_in(read(look_of(client_factory, house, who))) == MAY_READ[who], who


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize(
    "read", [readers.search_page, readers.suggestions, readers.api_search, readers.command_search]
)
def test_search_finds_what_the_door_allows(client_factory, house, who, read):
    shown = canaries_in(read(look_of(client_factory, house, who)))
    assert "public" in shown
    assert ("alliance" in shown) == (who == "member")


@pytest.mark.parametrize("who", ["visitor", "associate", "member"])
def test_counts_are_made_after_the_door(client_factory, house, who):
    look = look_of(client_factory, house, who)
    body = look.client.get("/api/v1/search", {"q": "canary"}, headers=look.headers).json()
    assert body["total"] == len(MAY_READ[who])
    assert {fact["value"]: fact["count"] for fact in body["facets"]["kind"]} == {
        "case_study": len(MAY_READ[who])
    }
    # The sealed entry's city must not be countable.
    cities = {fact["value"]: fact["count"] for fact in body["facets"].get("city", [])}
    assert sum(cities.values()) == len(MAY_READ[who] - {"sealed"})


def test_a_right_lost_closes_every_reader_at_once(client_factory, house, member):
    look = look_of(client_factory, house, "member")
    member.seat.delete()
    for read in readers.ALL + readers.SOME:
        assert canaries_in(read(look)) <= {"public", "mine"}, read.__name__
    assert viewer_for(member.person).city_ids == frozenset()


def test_many_asked_at_once_see_what_each_sees_alone(house, office, django_assert_num_queries):
    entries, people = house
    everybody = [viewer_for(each) if each else VISITOR for each in (*people.values(), office)]
    viewers = dict(enumerate(everybody * 5))
    for entry in entries:
        alone = {
            number
            for number, viewer in viewers.items()
            if Entry.objects.visible_to(viewer).filter(pk=entry.pk).exists()
        }
        with django_assert_num_queries(2):  # 35 doors
            assert who_sees(entry, viewers) == alone, entry.canary


ALEX = "house.alex.urls"
FILLED = {"number": 1, "form": "bibtex", "code": "none", "kind": "case_study"}


def alex_addresses():
    """Every address of the lexicon that is about one entry: (name, the other arguments)."""
    for pattern in import_module(ALEX).urlpatterns:
        wanted = pattern.pattern.converters
        if "slug" in wanted:
            yield pattern.name, {name: FILLED[name] for name in wanted if name != "slug"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_hidden_entry_looks_absent_at_every_address(client_factory, house, method):
    for who in ("visitor", "guest", "neighbour"):
        look = look_of(client_factory, house, who)
        for entry in look.entries:
            if entry.canary in MAY_READ[who]:
                continue
            for name, rest in alex_addresses():
                answer = getattr(look.client, method)(
                    reverse(f"alex:{name}", kwargs={"slug": entry.slug, **rest})
                )
                # A visitor may be asked to sign in first, which tells nothing; the wrong method tells nothing too.
                asked_to_sign_in = who == "visitor" and answer.status_code == 302
                assert asked_to_sign_in or answer.status_code in {404, 405}, (
                    who,
                    name,
                    entry.canary,
                )


def url_names(patterns=None, space=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if str(pattern.pattern) == "magazine/desk/":
            continue  # Wagtail's: every one of them in magazine/tests/test_desk.py
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


def test_no_way_out_is_forgotten():
    names = set(url_names()) - {f"alex:{name}" for name, _rest in alex_addresses()}
    assert names - readers.COVERED - set(readers.OPEN) == set()
    assert (readers.COVERED | set(readers.OPEN)) - set(url_names()) == set(), "named but gone"
    assert readers.COVERED & set(readers.OPEN) == set()
