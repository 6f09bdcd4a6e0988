import datetime
import itertools
import random

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from house.access.viewer import Viewer
from house.ground.text import folded
from house.partners.models import Partnership
from house.partners.viewing import viewer_for
from house.people.directory import Asked, listed, look_up
from tests.factories import (
    CityFactory,
    PartnershipFactory,
    PersonFactory,
    SeatFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/people/"


def colleague(name="Zoë Søndergård", *, partnership=None, **facts):
    partnership = partnership or PartnershipFactory()
    person = PersonFactory(name=name, city=partnership.city, **facts)
    SeatFactory(partnership=partnership, person=person)
    return person


def names(viewer, **asked):
    return [card.name for card in look_up(Asked(**asked), viewer).cards]


def counts(viewer, name, **asked):
    facet = next(each for each in look_up(Asked(**asked), viewer).facets if each.name == name)
    return {value: count for value, _label, count, _chosen in facet.choices}


def lapse(partnership):
    Partnership.objects.filter(pk=partnership.pk).update(
        ends_on=datetime.date(2021, 1, 1), last_day=datetime.date(2021, 2, 1)
    )


@pytest.fixture
def viewer(member):
    member.person.is_listed = False
    member.person.save()
    return viewer_for(member.person)


# -- Who stands in it ----------------------------------------------------------------------------

ABSENT = {
    "unlisted": {"is_listed": False},
    "suspended": {"is_active": False},
    "about to be erased": {"erase_after": datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)},
    "erased": {"erased_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
}


@pytest.mark.parametrize("why", ABSENT)
def test_who_is_not_to_be_found_gives_no_row_no_name_and_no_count(client, viewer, member, why):
    """Hole 3: counts and names. The topic, language and city are hers alone, so any count would be she."""
    gone = colleague("Canary Hidden", languages=["ko"], can_help_with="canary", **ABSENT[why])
    gone.topics.add(TopicFactory(slug="only-hers"))
    seen = colleague("Seen")

    found = look_up(Asked(), viewer)
    assert ([card.name for card in found.cards], found.total) == (["Seen"], 1)
    assert {facet.name: [choice[:3] for choice in facet.choices] for facet in found.facets} == {
        "city": [(seen.city.slug, seen.city.name, 1)], "country": [("NL", "Netherlands", 1)], "topic": [],
        "language": [],
    }  # fmt: skip
    client.force_login(member.person)
    for query in (
        {},
        {"q": "canary"},
        {"topic": "only-hers"},
        {"language": "ko"},
        {"city": gone.city.slug},
    ):
        page = client.get(LIST, query).content.decode()
        assert "Canary Hidden" not in page
        assert gone.code not in page
    assert client.get(gone.get_absolute_url()).status_code == 404


def test_people_of_a_lapsed_partnership_leave_at_once(viewer):
    """Hole 3: after revocation. No clock has to run first."""
    partnership = PartnershipFactory()
    colleague("Leaving", partnership=partnership)
    assert names(viewer) == ["Leaving"]
    assert counts(viewer, "city") == {partnership.city.slug: 1}
    lapse(partnership)
    assert names(viewer) == []
    assert counts(viewer, "city") == {}


def test_a_seat_lost_takes_her_out(viewer, neighbour):
    assert names(viewer) == [neighbour.person.name]
    neighbour.seat.delete()
    assert names(viewer) == []


def test_her_own_city_knows_who_is_unlisted_and_the_list_does_not(
    client_factory, member, neighbour
):
    unlisted = SeatFactory(
        partnership=member.seat.partnership, person__city=member.city, person__is_listed=False
    ).person
    seen = {
        who: client_factory(each.person).get(unlisted.get_absolute_url()).status_code
        for who, each in (("colleague", member), ("neighbour", neighbour))
    }
    assert seen == {"colleague": 200, "neighbour": 404}
    for each in (member, neighbour):
        assert unlisted.name not in names(viewer_for(each.person))
        assert counts(viewer_for(each.person), "city")[member.city.slug] == 1


def test_the_foundations_people_stand_beside_the_cities(viewer):
    expert = PersonFactory(is_expert=True)
    assert names(viewer, chosen={"city": ("-",)}) == [expert.name]


def test_the_office_finds_here_only_who_chose_to_be_found(office, neighbour):
    neighbour.person.is_listed = False
    neighbour.person.save()
    PersonFactory(name="Guest")
    assert [person.pk for person in listed(viewer_for(office))] == [office.pk]


FACTS = ("is_listed", "is_active", "has_seat", "is_running", "is_expert", "asked_to_go")


def stands_in_it(fact):
    """The rule in plain words, kept apart from the SQL that implements it."""
    if not fact["is_listed"] or not fact["is_active"] or fact["asked_to_go"]:
        return False
    return fact["is_expert"] or (fact["has_seat"] and fact["is_running"])


def test_the_list_is_the_rule_in_plain_words(viewer):
    """Every combination of what may be said of a person."""
    running, lapsed = PartnershipFactory(), PartnershipFactory()
    lapse(lapsed)
    expected = set()
    for values in itertools.product([True, False], repeat=len(FACTS)):
        fact = dict(zip(FACTS, values, strict=True))
        person = PersonFactory(
            city=running.city,
            is_listed=fact["is_listed"],
            is_active=fact["is_active"],
            is_expert=fact["is_expert"],
            erase_after=datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
            if fact["asked_to_go"]
            else None,
        )
        if fact["has_seat"]:
            SeatFactory(partnership=running if fact["is_running"] else lapsed, person=person)
        if stands_in_it(fact):
            expected.add(person.pk)
    assert set(listed(viewer).values_list("pk", flat=True)) == expected


# -- Who may look --------------------------------------------------------------------------------


@pytest.fixture
def strangers(client_factory, neighbour):
    """A browser of everybody who holds no place: nothing here may tell them that anybody exists."""
    former = colleague("Former")
    lapse(Partnership.objects.get(city=former.city))
    suspended = colleague("Suspended")
    signed_in = client_factory(suspended)
    suspended.is_active = False
    suspended.save()
    return {
        "visitor": client_factory(),
        "guest": client_factory(PersonFactory(name="Guest")),
        "former": client_factory(former),
        "suspended": signed_in,
    }


def test_strangers_get_the_same_answer_whoever_exists(strangers, neighbour, django_user_model):
    """Hole 3 and 5: neither the list, nor a page, a photo or the form to write tells that she is here."""
    names_and_args = [("people:person_list", ()), *((name, (neighbour.person.code,)) for name in (
        "people:person", "people:photo", "people:write"))]  # fmt: skip
    for who, client in strangers.items():
        for name, args in names_and_args:
            real = client.get(reverse(name, args=args), {"q": neighbour.person.name})
            absent = client.get(reverse(name, args=["nobody2345"] if args else []), {"q": "nobody"})
            told = (real.status_code, *_told(real, neighbour.person))
            assert told == (absent.status_code, *_told(absent, neighbour.person)), (who, name)
            assert real.status_code in {302, 403, 404}, (who, name)
            assert neighbour.person.name not in real.content.decode(), (who, name)


def _told(response, person):
    """What differs beyond the address that was typed."""
    page = response.content.decode().replace(person.code, "CODE").replace("nobody2345", "CODE")
    return (person.name in page, person.email in page, response.headers.get("Location", "")[:18])


def test_the_rail_shows_the_place_to_whoever_may_enter(client_factory, member):
    link = f'href="{LIST}"'
    assert link in client_factory(member.person).get("/").content.decode()
    assert link not in client_factory(PersonFactory()).get("/").content.decode()
    assert link not in client_factory().get("/").content.decode()


# -- What is compared ----------------------------------------------------------------------------

WITHHELD = {
    "job_title": {"q": "zzword"},
    "can_help_with": {"helps": "zzword"},
    "looks_for": {"looks": "zzword"},
    "languages": {"chosen": {"language": ("ko",)}},
    "topics": {"chosen": {"topic": ("zzword",)}},
}


@pytest.mark.parametrize("field", WITHHELD)
def test_what_she_keeps_from_colleagues_is_no_oracle(client, viewer, member, field):
    """Hole 4 and 5: another city's private field is neither shown, nor found, nor counted."""
    topic = TopicFactory(slug="zzword")
    facts = (
        {"languages": ["ko"]}
        if field == "languages"
        else {}
        if field == "topics"
        else {field: "zzword"}
    )
    hers = colleague("Keeps It", **facts)
    if field == "topics":
        hers.topics.add(topic)
    asked = WITHHELD[field]
    assert names(viewer, **asked) == ["Keeps It"]  # it could leak

    hers.withheld = [field]
    hers.save()
    assert names(viewer, **asked) == []
    assert names(viewer) == ["Keeps It"]
    assert counts(viewer, "language") == {}
    assert counts(viewer, "topic") == {}
    client.force_login(member.person)
    pages = client.get(LIST).content + client.get(hers.get_absolute_url()).content
    assert "zzword" not in pages.decode()
    assert "한국어" not in pages.decode()
    client.force_login(hers)
    assert any(
        word in client.get(hers.get_absolute_url()).content.decode()
        for word in ("zzword", "한국어")
    )


@pytest.mark.parametrize(
    "field", ["email", "password", "is_active", "last_login", "code", "is_office"]
)
def test_hidden_fields_are_neither_searched_nor_sorted_by(client, viewer, member, field):
    """Hole 4: whatever else stands in the address, the answer is the same."""
    for letter in "ab":
        colleague(f"Person {letter}", email=f"{letter}-secret@canary.example")
    client.force_login(member.person)
    plain = client.get(LIST).content
    for value in ("a-secret@canary.example", "canary", "-email", "1"):
        for name in (field, f"{field}__startswith", f"person__{field}", "order", "sort", "o"):
            assert client.get(LIST, {name: value}).content.count(b"Person ") == plain.count(
                b"Person "
            )
    assert names(viewer, q="canary.example") == []
    assert names(viewer, q="a-secret") == []
    ordered = names(viewer)
    assert ordered == sorted(ordered)


@pytest.mark.parametrize("typed", ["zoe", "ZOË", "sondergard", "Zoe sondergård", "SØNDER"])
def test_names_are_found_without_case_and_accents(viewer, typed):
    colleague()
    assert names(viewer, q=typed) == ["Zoë Søndergård"]


def test_every_word_typed_counts_wherever_it_stands(viewer):
    colleague("Ana", job_title="Traffic planner", can_help_with="Night limits for hôtels")
    assert names(viewer, q="hotels planner") == ["Ana"]
    assert names(viewer, q="hotels pilot") == []
    assert names(viewer, helps="NIGHT") == ["Ana"]
    assert names(viewer, looks="night") == []


@settings(deadline=None, max_examples=40)  # asks the database: a busy machine is no failure
@given(st.text(max_size=60))
def test_whatever_is_typed_is_an_answer(text):
    looking = Viewer(person_id=1, is_member=True, capabilities=frozenset({"people.directory"}))
    assert folded(folded(text)) == folded(text)
    assert look_up(Asked(q=text, chosen={"city": (text,), "topic": (text,)}), looking).total == 0


def test_numbers_beside_a_filter_are_counted_under_the_others(viewer):
    danish, dutch = CityFactory(country="DK", country_name="Denmark"), CityFactory()
    places = [PartnershipFactory(city=city) for city in (danish, dutch)]
    for place, languages in ((0, ["da", "en"]), (0, ["da"]), (1, ["nl", "en"])):
        colleague(f"P{place}{languages[0]}", partnership=places[place], languages=languages)
    assert counts(viewer, "language") == {"da": 2, "en": 2, "nl": 1}
    only_danish = {"chosen": {"country": ("DK",)}}
    assert counts(viewer, "language", **only_danish) == {"da": 2, "en": 1}
    assert counts(viewer, "country", **only_danish) == {"DK": 2, "NL": 1}
    both = {"chosen": {"country": ("DK",), "language": ("en",)}}
    assert names(viewer, **both) == ["P0da"]
    assert counts(viewer, "city", **both) == {danish.slug: 1}


def test_each_number_is_how_many_are_found_when_it_is_chosen(viewer):
    """Whatever is chosen beside it: a number that promised more, or less, would tell of somebody."""
    shuffle = random.Random(7)
    places = [PartnershipFactory(city__country=country) for country in ("NL", "DK", "DK")]
    topics = [TopicFactory() for _number in range(3)]
    for number in range(14):
        languages = shuffle.sample(["en", "nl", "da"], 2)
        hers = colleague(f"P{number}", partnership=shuffle.choice(places), languages=languages)
        hers.topics.set(shuffle.sample(topics, shuffle.randint(0, 2)))
        hers.withheld = shuffle.sample(["languages", "topics"], shuffle.randint(0, 1))
        hers.save()
    for chosen in ({}, {"country": ("DK",)}, {"language": ("nl",), "topic": (topics[0].pk,)}):
        for facet in look_up(Asked(chosen=chosen), viewer).facets:
            for value, _label, count, _chosen in facet.choices:
                alone = chosen | {facet.name: (value,)}
                assert look_up(Asked(chosen=alone), viewer).total == count, (
                    chosen,
                    facet.name,
                    value,
                )
