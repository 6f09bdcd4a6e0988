"""An edition is what went in, how, and what came out: none of it changes."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from house.access.models import JournalRow
from house.atlas.mobility import queries
from house.atlas.mobility.actions.computing import make_edition, recompute
from house.atlas.mobility.actions.matching import forget_match, match_name
from house.atlas.mobility.keeping import take_in_feeds
from house.atlas.mobility.models import Correction, Edition, IndexCity, NameMatch, SourceFile
from house.atlas.mobility.models.edition import packed, unpacked
from house.atlas.mobility.shipped import DAYS, take_in_shipped
from house.atlas.mobility.tests.made import (
    DAY,
    EARLIER,
    FEW,
    PLACES,
    audited,
    edition,
    keep,
    listed,
    place,
    row,
)
from house.ground.errors import Forbidden, Refused
from house.partners.viewing import viewer_for
from house.vocabulary.models import CityFact
from tests.factories import CityFactory
from tests.together import at_once, needs_postgres

pytestmark = pytest.mark.django_db


def cities(made):
    return {city["name"]: city for city in unpacked(made.result)["cities"]}


def test_an_edition_computes_again_to_the_same_and_notices_what_was_altered():
    made = edition(row("a"), row("b", "City bbb"), audit=[("a", 120, "docked_bike", "False")])
    assert recompute(made)
    altered = unpacked(made.bundle)
    altered["systems"][0]["places"] = ["gn2"]
    made.bundle = packed(altered)
    assert not recompute(made)


def test_nothing_new_makes_no_edition_and_something_new_a_revision_beside_the_old():
    first = edition(row("a"))
    assert edition() == first
    keep(audited(("a", 120, "docked_bike", "False")))
    second = edition()
    assert (first.code, second.code) == ("2026-07-21", "2026-07-21-2")
    assert recompute(first)
    assert (
        cities(Edition.objects.get(pk=first.pk))["City aaa"]["figures"]["points"]["value"] is None
    )
    assert cities(second)["City aaa"]["figures"]["supply"]["value"] == 1.2


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_editions_made_at_once_are_never_twice_the_same_and_every_city_has_one_address():
    for day in (EARLIER, DAY):
        keep(listed(row("a"), row("b", "City bbb"), row("c", "City aaa", country="BE")), day)

    def make(day):
        return lambda: make_edition(as_of=day, places=PLACES, parameters=FEW)

    said = at_once(*[make(day) for day in (EARLIER, DAY) for _again in range(3)])
    news = sorted(made.code for made, is_new in said if is_new)
    assert news == sorted(Edition.objects.values_list("code", flat=True))
    # Whoever made the later list first had nothing before it: told against the earlier one it is a revision.
    first = Edition.objects.order_by("pk").first()
    again = ["2026-07-21-2"] if first.as_of == DAY else []
    assert news in (["2026-04-15", "2026-07-21"], ["2026-04-15", "2026-07-21", *again])
    slugs = IndexCity.objects.order_by("code").values_list("slug", flat=True)
    assert list(slugs) == ["city-aaa-nl", "city-aaa-be", "city-bbb-nl"]


def test_the_same_file_is_kept_once_and_its_digest_is_told():
    one = keep(listed(row("a")))
    assert keep(listed(row("a"))) == one
    assert SourceFile.objects.count() == 1
    made = edition()
    assert one.sha256 in {each["sha256"] for each in made.sources}


def test_change_is_told_against_the_earlier_list_not_an_earlier_revision():
    edition(row("a"), row("old"), day=EARLIER)
    edition(row("a"), row("new"))
    keep(audited(("a", 120, "docked_bike", "False")))
    change = cities(edition())["City aaa"]["change"]
    assert (change["since"], change["came"], change["went"]) == ("2026-04-15", ["new"], ["old"])


def test_counts_of_another_time_do_not_enter_an_edition():
    keep(audited(("a", 120, "docked_bike", "False")), DAY - datetime.timedelta(days=500))
    keep(audited(("a", 99, "docked_bike", "False")), datetime.date(2026, 7, 22))
    edition(row("a"), day=DAY)
    keep(listed(row("a")), EARLIER)
    assert cities(edition(day=EARLIER))["City aaa"]["figures"]["points"]["value"] is None
    assert cities(edition(day=DAY))["City aaa"]["figures"]["points"]["value"] == 99


def test_a_city_of_the_alliance_has_its_own_statistics():
    city = CityFactory(code="aaa")
    CityFact.objects.create(
        city=city, name="population", value=120_000, year=2024, source="Statistics", url="https://s.example"
    )  # fmt: skip
    made = edition(row("a"))
    told = cities(made)["City aaa"]
    assert told["city"] == "aaa"
    assert told["figures"]["population"]["value"] == 120_000
    assert told["figures"]["population"]["sources"] == ["fact:aaa"]
    assert IndexCity.objects.get(code="gn1").city == city


def test_a_feed_that_was_read_counts_before_an_audit():
    keep(audited(("a", 120, "docked_bike", "False")))
    made = edition(row("a"))
    documents = {
        "station_information": {"version": "3.0", "data": {"stations": [{"station_id": "1"}]}}
    }
    at = datetime.datetime(2026, 7, 21, 12, tzinfo=datetime.UTC)
    take_in_feeds("a", documents, read_at=at)
    newer = edition()
    assert cities(made)["City aaa"]["figures"]["points"]["value"] == 120
    assert cities(newer)["City aaa"]["figures"]["points"]["value"] == 1
    assert cities(newer)["City aaa"]["figures"]["points"]["sources"] == ["readings"]


def test_names_matched_by_hand_count_from_then_on(curator, member):
    edition(row("a", "Greater City aaa"), row("b", "Greater City aaa"))
    by = viewer_for(curator)
    with pytest.raises(Forbidden):
        match_name("NL", "Greater City aaa", ["gn1"], by=viewer_for(member.person), reason="I know", places=PLACES)  # fmt: skip
    with pytest.raises(Refused, match="another country"):
        match_name("NL", "Greater City aaa", ["gn10"], by=by, reason="x", places=PLACES)
    with pytest.raises(Refused, match="how you know"):
        match_name("NL", "Greater City aaa", ["gn1"], by=by, reason=" ", places=PLACES)
    made = match_name("NL", "Greater City aaa", ["gn1"], by=by, reason="Its map", places=PLACES)
    match_name("NL", "Greater City aaa", [], by=by, reason="A park", system="b", places=PLACES)
    placed = {
        each["id"]: (each["places"], each["how"]) for each in unpacked(edition().bundle)["systems"]
    }
    assert placed == {"a": (["gn1"], "by-hand"), "b": ([], "no-city")}
    assert JournalRow.objects.filter(act="mobility.match").count() == 2
    assert [each["location"] for each in queries.unmatched(edition())] == ["Greater City aaa"]
    forget_match(made, by=by)
    assert NameMatch.objects.count() == 1


def test_two_cities_of_one_name_have_two_addresses():
    edition(row("a"), row("b", country="BE"))
    assert {each.slug for each in IndexCity.objects.all()} == {"city-aaa-nl", "city-aaa-be"}
    assert place("x", "y").code == "x"


def test_an_edition_without_a_list_is_refused():
    with pytest.raises(Refused, match="no list of systems"):
        make_edition(places=PLACES)


def test_a_past_edition_comes_out_as_it_did_when_it_was_shipped(tmp_path, capsys):
    """The method of version 1 does not change: this digest was taken when it was written."""
    keep(
        listed(row("a", "Amsterdam"), row("b", "Gent", country="BE"), row("c", "Amsterdam/Utrecht"))
    )
    made, is_new = make_edition(as_of=DAY, parameters=FEW)
    assert is_new
    call_command("mobility", "compute", "--edition", made.code)
    assert "exactly the same" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no edition"):
        call_command("mobility", "compute", "--edition", "nothing")


def test_the_command_takes_files_in_and_refuses_others(tmp_path, capsys):
    good, bad = tmp_path / "systems.csv", tmp_path / "other.csv"
    good.write_bytes(listed(row("a", "Amsterdam")))
    bad.write_bytes(b"a,b\n1,2\n")
    call_command("mobility", "import", str(good), "--as-of", "2026-07-21")
    call_command("mobility", "compute")
    assert "1 of 1 systems in 1 cities" in capsys.readouterr().out
    for arguments, told in (
        (["import", str(bad), "--as-of", "2026-07-21"], "Neither a list"),
        (["import", str(good)], "--as-of"),
        (["import", str(tmp_path / "none.csv"), "--as-of", "2026-07-21"], "No such file"),
    ):
        with pytest.raises(CommandError, match=told):
            call_command("mobility", *arguments)


def test_the_shipped_lists_are_read_whole():
    take_in_shipped()
    take_in_shipped()
    rows = {each.as_of: each.rows for each in SourceFile.objects.all()}
    assert rows == {DAYS[0]: 1317, DAYS[1]: 1520}
    assert not Correction.objects.exists()


@pytest.mark.corpus
@pytest.mark.slow
def test_both_real_editions_with_the_audit_compute_twice_the_same(corpus):
    folder = corpus / "mobility"
    for name, day in (
        ("systems_2025-04-29.csv", datetime.date(2025, 4, 29)),
        ("systems.csv", DAY),
        ("gbfs_global_audit_results.csv", datetime.date(2026, 5, 28)),
    ):
        keep((folder / name).read_bytes(), day)
    old, _new = make_edition(as_of=datetime.date(2025, 4, 29))
    new, _new = make_edition(as_of=DAY)
    assert (old.counts["systems"], old.counts["counted"]) == (1230, 0)
    assert (new.counts["systems"], new.counts["counted"]) == (1520, 773)
    assert new.before == old
    assert recompute(new)
    assert recompute(old)
    assert queries.board_of(new).used == ["supply", "modes", "operators", "openness"]
