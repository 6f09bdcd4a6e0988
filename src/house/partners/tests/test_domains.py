"""Which mail domains can be a city's, and who says so."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.ground.errors import Forbidden
from house.partners.actions.domains import add_domain, remove_domain, verify_domain
from house.partners.domains import acceptable_domain, is_free, is_of_city
from house.partners.models import CityDomain, Seat
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(member):
    return SeatFactory(
        partnership=member.seat.partnership,
        kind=Seat.Kind.COORDINATOR,
        person=PersonFactory(email="ada@aaa.example"),
    )


def verified(city, domain, **facts):
    return CityDomain.objects.create(
        city=city, domain=domain, verified_at=timezone.now(), proof="office", **facts
    )


def test_the_domain_she_signs_in_with_counts_at_once(member, coordinator):
    row = add_domain(member.city, " AAA.example ", by=viewer_for(coordinator.person))
    assert (row.domain, row.proof) == ("aaa.example", "address")
    assert is_of_city("x@aaa.example", "aaa")


@pytest.mark.parametrize("domain", ["other.example", "example", "mail.aaa.example"])
def test_hole_17_any_other_domain_waits_for_the_office(member, coordinator, office, domain):
    by = viewer_for(coordinator.person)
    if domain == "example":
        with pytest.raises(ValidationError):
            add_domain(member.city, domain, by=by)
        return
    row = add_domain(member.city, domain, by=by)
    assert row.verified_at is None
    assert not is_of_city(f"x@{domain}", "aaa")
    with pytest.raises(Forbidden):
        verify_domain(row, by=by)
    verify_domain(row, by=viewer_for(office))
    assert is_of_city(f"x@{domain}", "aaa")


def test_an_address_below_a_domain_proves_nothing_above_it(member):
    """Whoever has a machine of her own below the city's domain does not speak for the city."""
    below = SeatFactory(
        partnership=member.seat.partnership,
        kind=Seat.Kind.COORDINATOR,
        person=PersonFactory(email="ada@school.aaa.example"),
    )
    assert add_domain(member.city, "aaa.example", by=viewer_for(below.person)).verified_at is None


@pytest.mark.parametrize(
    ("address", "alone", "with_subdomains"),
    [
        ("x@aaa.example", True, True),
        ("x@mail.aaa.example", False, True),
        ("x@a.b.aaa.example", False, True),
        ("x@notaaa.example", False, False),
        ("x@aaa.example.evil.test", False, False),
        ("x@aaa-example.test", False, False),
    ],
)
def test_subdomains_count_only_where_the_office_says_so(member, address, alone, with_subdomains):
    row = verified(member.city, "aaa.example")
    assert is_of_city(address, "aaa") == alone
    row.with_subdomains = True
    row.save()
    assert is_of_city(address, "aaa") == with_subdomains


@pytest.mark.parametrize(
    ("domain", "why"),
    [
        ("gmail.com", "free"),
        ("yahoo.co.uk", "free"),
        ("gmx.de", "free"),
        ("gov.uk", "shared"),
        ("co.uk", "shared"),
        ("go.kr", "shared"),
        ("gmall.com", "look-alike"),
        ("arnsterdam.example", "look-alike"),
        ("taken.example", "taken"),
        ("xn--mster-kva.example", "foreign"),
        ("münster.example", "foreign"),
        ("аmsterdam.example", "foreign"),  # a Cyrillic letter
        ("localhost", "not-plain"),
        ("127.0.0.1", "not-plain"),
        ("a b.example", "not-plain"),
        ("user@aaa.example", "not-plain"),
    ],
)
def test_hole_9_what_can_be_no_citys_domain(member, neighbour, office, domain, why):
    verified(neighbour.city, "taken.example")
    verified(member.city, "amsterdam.example")
    with pytest.raises(ValidationError) as refused:
        add_domain(member.city, domain, by=viewer_for(office))
    assert refused.value.code == why
    assert CityDomain.objects.count() == 2


@pytest.mark.parametrize(
    "domain",
    ["mail.gent.example", "gent.be", "nrw.gov.uk", "outlook.gent.example", "london.gov.uk"],
)
def test_what_can_be_a_citys_domain(member, domain):
    assert acceptable_domain(domain, "aaa") == domain
    assert not is_free(domain)


def test_an_unproven_claim_blocks_nobody(member, neighbour, coordinator, office):
    """Else one city could keep another from its own name."""
    add_domain(member.city, "bbb.example", by=viewer_for(coordinator.person))
    row = add_domain(neighbour.city, "bbb.example", by=viewer_for(office))
    assert row.verified_at
    with pytest.raises(ValidationError):
        verify_domain(CityDomain.objects.get(city=member.city), by=viewer_for(office))


def test_hole_5_domains_are_each_citys_own_matter(client, member, neighbour, coordinator, office):
    other = SeatFactory(partnership=neighbour.seat.partnership, kind=Seat.Kind.COORDINATOR).person
    row = verified(member.city, "zzaaa.example")
    with pytest.raises(Forbidden):
        add_domain(member.city, "x.example", by=viewer_for(other))
    with pytest.raises(Forbidden):
        remove_domain(row, by=viewer_for(other))

    def seen_by(person):
        return CityDomain.objects.visible_to(viewer_for(person)).count()

    assert [seen_by(each) for each in (coordinator.person, office, other, member.person)] == [
        1,
        1,
        0,
        0,
    ]
    client.force_login(other)
    assert (
        client.post(reverse("partners:domain_act", args=[row.code]), {"act": "remove"}).status_code
        == 404
    )
    assert CityDomain.objects.filter(pk=row.pk).exists()


def test_a_refused_domain_stays_typed(client, coordinator):
    client.force_login(coordinator.person)
    answer = client.post(reverse("partners:domain_new"), {"domain": "gmail.com"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="gmail.com"' in page
    assert "Anybody can get an address at gmail.com" in page


@settings(
    deadline=None,
    # Each example writes anew; on a busy machine drawing letters is slow.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    local=st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    domain=st.from_regex(r"[a-z]{1,6}(\.[a-z]{2,6}){1,3}", fullmatch=True),
    with_subdomains=st.booleans(),
)
def test_an_address_is_of_the_city_by_the_rule_in_plain_words(
    db_of_rules, local, domain, with_subdomains
):
    db_of_rules.with_subdomains = with_subdomains
    db_of_rules.save()
    labels = domain.split(".")
    by_rule = labels == ["aaa", "example"] or (
        with_subdomains and labels[-2:] == ["aaa", "example"]
    )
    assert is_of_city(f"{local}@{domain}", "aaa") == by_rule
    below = f"{local}@{domain}.aaa.example"
    assert is_of_city(below, "aaa") == with_subdomains


@pytest.fixture
def db_of_rules(member):
    return verified(member.city, "aaa.example")
