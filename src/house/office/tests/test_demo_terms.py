import pytest

from house.office.demo import seed_people
from house.office.partnerships import listing
from house.partners.actions import partnerships as acts
from house.partners.models import Partnership, PartnershipChange
from house.partners.viewing import operator
from house.vocabulary.loading import load_vocabulary

pytestmark = pytest.mark.django_db


def states():
    rows = listing.found(listing.Asked(), operator(), 60)
    listed = listing.rows_of(rows, operator(), 60)
    return {row.partnership.city_id: (row.state, row.is_due, bool(row.planned)) for row in listed}


def test_the_demonstration_holds_every_state_and_stays_as_it_is():
    load_vocabulary()
    seed_people()
    first = states()
    assert first["bcn"] == ("running", True, False)
    assert first["nrw"] == ("running", False, True)
    assert first["dal"][0] in {"grace", "running"}  # on the first of January it has just begun

    seed_people()
    assert states() == first
    assert PartnershipChange.objects.filter(act="ended").count() == 2


def test_a_second_partnership_of_a_city_keeps_no_house_from_starting():
    load_vocabulary()
    seed_people()
    ended = Partnership.objects.get(city="bcn")
    after = ended.last_day + (ended.last_day - ended.ends_on)
    acts.open_partnership(
        ended.city, level="premium", starts_on=after, is_demonstration=True, by=operator()
    )
    seed_people()
    assert Partnership.objects.filter(city="bcn").count() == 2
