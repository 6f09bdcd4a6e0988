import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from house.access.viewer import VISITOR
from house.vocabulary.likeness import Context, alike_to, compare, ranked
from house.vocabulary.loading import load_vocabulary
from house.vocabulary.models import City, CityTrait
from tests.factories import EntryFactory, PartnershipFactory, PersonFactory, SeatFactory

values = st.frozensets(st.sampled_from(["a", "b", "c"]), max_size=3)
towns = st.builds(
    Context,
    code=st.sampled_from(["one", "two", "three"]),
    country=st.sampled_from(["", "NL", "SE"]),
    languages=st.lists(st.sampled_from(["nl", "sv", "en"]), unique=True).map(tuple),
    terrain=values,
    population=st.sampled_from([0.0, 1e4, 1e6, 1e7]),
    area=st.sampled_from([0.0, 10.0, 500.0]),
    traits=st.dictionaries(st.sampled_from(["powers", "modes", "climate", "income"]), values),
)
MINE = Context("one", "NL", ("nl",), population=100_000, traits={"powers": frozenset({"kerb"})})


@given(towns, towns)
def test_likeness_is_mutual_and_between_nothing_and_all(one, other):
    there, back = compare(one, other), compare(other, one)
    assert 0 <= there.score <= 1
    assert there.score == pytest.approx(back.score)


@given(towns)
def test_nothing_is_more_like_a_city_than_itself(town):
    assert compare(town, town).score >= compare(town, Context("other", "ZZ")).score - 1e-9


@given(towns)
def test_what_is_unknown_gives_no_reason_and_counts_half(town):
    told = compare(town, Context("unknown"))
    assert told.reasons == []
    assert told.score == pytest.approx(0.5)


def test_the_reasons_are_said_as_people_say_them():
    other = Context(
        "two", "BE", ("nl", "fr"), population=1_000_000, traits={"powers": frozenset({"kerb"})}
    )
    assert compare(MINE, other).reasons == [
        "same power: the kerb and parking", "10 times the population", "shares a language: Nederlands",
    ]  # fmt: skip
    assert "a tenth of the population" in compare(other, MINE).reasons


def test_powers_count_more_than_size():
    small = Context("two", "SE", population=10_000, traits={"powers": frozenset({"kerb"})})
    alike = Context("three", "SE", population=100_000, traits={"powers": frozenset({"land_use"})})
    assert [each.code for each in ranked(MINE, [alike, small])] == ["two", "three"]


@pytest.fixture
def world(db):
    load_vocabulary()


def test_shipped_cities_have_a_reason_and_a_source_for_every_trait(world):
    assert len(alike_to("gnt", VISITOR)) == City.objects.visible_to(VISITOR).count() - 1
    assert alike_to("nobody", VISITOR) == []
    for trait in CityTrait.objects.visible_to(VISITOR):
        assert trait.source
        assert trait.year


def test_the_page_tells_reasons_and_what_is_not_known(world, client, django_assert_num_queries):
    address = reverse("front:city_alike", args=["toronto"])
    client.get(address)
    with django_assert_num_queries(6):
        page = client.get(address).content.decode()
    assert page.index("Washington D.C.") < page.index("Cape Town")
    assert "same power: registration of short-term rentals" in page
    assert "Not known of both:" in page
    assert client.get(reverse("front:city_alike", args=["atlantis"])).status_code == 404


@pytest.fixture
def ghent(world):
    partnership = PartnershipFactory(city=City.objects.get(code="gnt"))
    return SeatFactory(
        partnership=partnership, kind="coordinator", person=PersonFactory(city=partnership.city)
    ).person


def test_entries_come_from_cities_like_hers_first_and_hidden_ones_betray_nothing(ghent, client):
    cities = {code: City.objects.get(code=code) for code in ("sin", "ams", "gnt")}
    for code, city in cities.items():
        EntryFactory(title=f"From {code}", city=city, shown_city=city)
    EntryFactory(
        title="From a hidden place", city=cities["ams"], shown_city=None, candour="described"
    )
    client.force_login(ghent)
    page = client.get(reverse("alex:entry_list"), {"order": "alike"}).content.decode()
    order = [page.index(f"From {word}") for word in ("gnt", "ams", "sin", "a hidden place")]
    assert order == sorted(order)
    assert client.get(reverse("agora:post_list"), {"first": "alike"}).status_code == 200
    assert client.get(reverse("people:person_list"), {"order": "alike"}).status_code == 200


def test_a_city_says_what_it_may_decide_and_takes_it_back(ghent, client):
    client.force_login(ghent)
    address = reverse("partners:context")
    page = client.get(address).content.decode()
    assert "What Ghent may decide" in page

    wrong = client.post(address, {"what": "powers:kerb", "source": "", "year": "2999"})
    assert wrong.status_code == 422
    assert "This year has not come yet" in wrong.content.decode()

    nothing = client.post(address, {"what": "powers:kerb", "source": "\ufeff"})
    assert nothing.status_code == 422
    assert "Say where it stands" in nothing.content.decode()

    said = {"what": "powers:kerb", "source": "Parking <b>plan</b>", "url": "", "year": "2020"}
    assert client.post(address, said).status_code == 302
    seen = client.get(reverse("front:city", args=["ghent"])).content.decode()
    assert "the kerb and parking" in seen
    assert "&lt;b&gt;" in seen

    assert client.post(address, said | {"source": "A newer plan"}).status_code == 302
    trait = CityTrait.objects.visible_to(VISITOR).get(is_stated=True)
    assert trait.source == "A newer plan"
    client.post(reverse("partners:context_take_back", args=[trait.pk]))
    assert not CityTrait.objects.visible_to(VISITOR).filter(is_stated=True).exists()


def test_what_a_source_says_is_not_overwritten_and_others_say_nothing(ghent, client):
    client.force_login(ghent)
    tram = {"what": "modes:tram", "source": "us", "url": "", "year": ""}
    told = client.post(reverse("partners:context"), tram)
    assert told.status_code == 422
    assert "De Lijn" in told.content.decode()
    assert client.post(reverse("partners:context") + "?city=toronto", tram).status_code == 404
    client.force_login(PersonFactory())
    assert client.post(reverse("partners:context"), tram).status_code == 403
