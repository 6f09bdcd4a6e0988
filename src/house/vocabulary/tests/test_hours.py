import datetime

import pytest

from house.vocabulary.hours import burdens, hours_of
from tests.factories import CityFactory


@pytest.mark.parametrize(
    ("country", "zone", "friday", "sunday"),
    [
        ("NL", "Europe/Amsterdam", "office", "rest"), ("IL", "Asia/Jerusalem", "rest", "office"),
        ("QA", "Asia/Qatar", "rest", "office"), ("AE", "Asia/Dubai", "office", "rest"),
        ("IN", "Asia/Kolkata", "office", "rest"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_a_day_of_rest_is_the_countrys_own(country, zone, friday, sunday):
    city = CityFactory(country=country, time_zone=zone)
    hour = datetime.timedelta(hours=1)
    marks, dates = [], []
    for day in (5, 7):
        begins = datetime.datetime(2026, 6, day, 10, tzinfo=datetime.UTC)
        dates.append((begins, begins + hour))
        marks += [each.mark for each in hours_of(begins, begins + hour, [city])]
    assert marks == [friday, sunday]
    assert burdens(dates, [city]) == {city.pk: 2}
