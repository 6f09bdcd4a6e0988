import pytest

from house.partners.anonymity import Fit, fit_of
from house.vocabulary.models import CityFact
from tests.factories import CityFactory, PartnershipFactory

pytestmark = pytest.mark.django_db
ALLIANCE = [
    # code, country, its name, inhabitants, terrain
    ("a", "NL", "Netherlands", 870_000, ["harbour", "canals"]),
    ("b", "SE", "Sweden", 580_000, ["harbour", "river"]),
    ("c", "SE", "Sweden", 350_000, ["harbour", "coast"]),
    ("d", "US", "United States", 8_800_000, ["harbour", "islands"]),
    ("e", "KR", "South Korea", 9_500_000, ["river", "hills"]),
    ("f", "GB", "United Kingdom", 140_000, ["river"]),
]


@pytest.fixture
def alliance():
    for code, country, country_name, inhabitants, terrain in ALLIANCE:
        city = CityFactory(code=code, country=country, country_name=country_name, terrain=terrain)
        PartnershipFactory(city=city)
        CityFact.objects.create(
            city=city, name="population", value=inhabitants, source="x", url="https://x.example"
        )
    CityFactory(code="z", country="NL", terrain=["harbour"])  # no partner: nobody is hidden by her


@pytest.mark.parametrize(
    ("description", "fitting"),
    [
        ("", 6),
        ("A city that likes bicycles", 6),
        ("A European city", 4),
        ("a mid-size European port city", 3),
        ("eine mittelgroße europäische Hafenstadt", 3),
        ("een middelgrote Europese havenstad", 3),
        ("una ciudad portuaria europea", 3),
        ("en nordisk hamnstad", 2),
        ("en nordisk storstad", 2),
        ("A large city", 5),
        ("a large North American city", 1),
        ("한 대도시", 5),
        ("A Swedish city", 2),
        ("a harbour in South Korea", 0),
        ("A small British river town", 1),
    ],
)
def test_a_description_fits_as_many_as_might_be_meant(alliance, description, fitting):
    assert fit_of(description) == Fit(fitting, 6)
