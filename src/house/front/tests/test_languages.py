"""The shell speaks seven languages, each still page at an address of its own; every other page is English as a whole."""

import re
from ast import literal_eval
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from house.front.languages import SHELL, asked_for
from tests.factories import CityFactory

pytestmark = pytest.mark.django_db
OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]


def page(client, path, wanted=""):
    return client.get(path, headers={"accept-language": wanted}).content.decode()


@pytest.mark.parametrize("code", OTHERS)
def test_every_still_page_has_an_address_in_each_language(client, code):
    direction = "rtl" if code == "he" else "ltr"
    for path in SHELL:
        here = page(client, f"/{code}{path}")
        assert f'<html lang="{code}" dir="{direction}"' in here
        assert f'<link rel="canonical" href="http://localhost:8000/{code}{path}">' in here
        # Whoever walks on stays in the language.
        assert f'href="/{code}/join/"' in here or path == "/join/"
        assert "Skip to the page" not in here
    assert translation.get_language() == "en"


def test_each_still_page_names_its_sisters(client):
    found = dict(
        re.findall(
            r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"',
            page(client, "/he/mission/"),
        )
    )
    assert set(found) == {"en", *OTHERS, "x-default"}
    assert found["x-default"] == "http://localhost:8000/mission/"
    assert found["de"] == "http://localhost:8000/de/mission/"
    assert "hreflang" not in page(client, "/showcase/")


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("pt,fr;q=0.5", "fr"),
        ("pt", "en"),
        ("", "en"),
        ("iw,he;q=0.9", "he"),
        ("*", "en"),
        ("x" * 5000, "en"),
        ("de;q=evil,../../etc", "en"),
    ],
)
def test_an_address_without_a_language_speaks_as_the_browser_asks(client, wanted, spoken):
    assert asked_for(wanted) == spoken
    response = client.get("/mission/", headers={"accept-language": wanted})
    assert f'<html lang="{spoken}"' in response.content.decode()
    assert response.headers["Content-Language"] == spoken
    assert "Accept-Language" in response.headers["Vary"]


def test_what_is_not_translated_is_english_as_a_whole(client_factory, member):
    for path in ("/showcase/", "/alex/", "/topics/"):
        assert '<html lang="en" dir="ltr"' in page(client_factory(), path, "he")
    own = page(client_factory(member.person), "/", "he")
    assert '<html lang="en" dir="ltr"' in own
    assert (
        "foot__languages" not in own
    )  # her desk stands at one address: the links would do nothing
    assert "foot__languages" in page(client_factory(member.person), "/join/")
    for path in ("/de/alex/", "/xx/join/", "/de/office/", "/de//"):
        assert client_factory().get(path).status_code == 404


def test_a_visitor_keeps_her_language_when_a_form_has_given_her_a_session(client):
    client.post("/join/city/", {"city": "Utrecht"})
    assert settings.SESSION_COOKIE_NAME in client.cookies  # could be taken for somebody signed in
    assert '<html lang="he"' in page(client, "/he/")
    assert '<html lang="de"' in page(client, "/mission/", "de")


def test_signing_in_speaks_the_language_of_the_browser(client):
    assert "Anmelden" in page(client, reverse("account_login"), "de")
    assert 'dir="rtl"' in page(client, reverse("account_login"), "he")


@pytest.mark.parametrize(
    ("code", "number", "told"),
    [("he", 1, "מקום אחד"), ("he", 2, "שני מקומות"), ("he", 25, "25 מקומות"), ("ko", 3, "3자리"), ("fr", 0, "0 place"),
     ("de", 1, "1 Platz"), ("nl", 10, "10 plaatsen"), ("es", 3, "3 plazas")],
)  # fmt: skip
def test_numbers_stand_in_the_form_of_their_language(code, number, told):
    with translation.override(code):
        assert ngettext("%(seats)d seat", "%(seats)d seats", number) % {"seats": number} == told


def test_countries_and_dates_are_said_as_the_language_says_them(client):
    CityFactory(country_name="Netherlands")
    assert "네덜란드" in page(client, "/ko/cities/")
    assert "Netherlands" in page(client, "/en/cities/")
    assert "2020년 1월 1일" in page(client, "/ko/levels/")
    assert "1 de enero de 2020" in page(client, "/es/levels/")
    assert "1 January 2020" in page(client, "/en/levels/")


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_is_whole_keeps_every_gap_and_is_compiled(code):
    folder = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES"
    text = (folder / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.MULTILINE)
    assert len(pairs) > 200
    assert re.findall(r'^msgid "(.+)"\nmsgstr(?:\[0\])? ""$', text, re.MULTILINE) == []
    gaps = re.compile(r"%\(\w+\)[sd]|<[^>]+>")
    assert [
        said for said, told in pairs if sorted(gaps.findall(said)) != sorted(gaps.findall(told))
    ] == []
    with translation.override(code):
        wrong = [
            said
            for said, told in pairs
            if translation.gettext(literal_eval(f'"{said}"')) != literal_eval(f'"{told}"')
        ]
    assert wrong == []
