"""How showcases and cities look where somebody shares them. Only what everybody sees goes out."""

import html
import io
import json
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse
from PIL import Image

from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000"


def data_block(page):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "<!--<script>", 'Quote " and \u2028 line']
)
def test_structured_data_cannot_end_its_block(client, member, shown, title):
    made = shown(member, f"A {title}")
    page = client.get(made.get_absolute_url()).content.decode()
    assert data_block(page)["headline"] == made.title
    assert "<script>alert" not in page


def test_cards_are_pictures_of_what_is_public(client, member, shown):
    made = shown(member, "Łódź und 서울, שלום")
    inside = EntryFactory(title="canary", audience="alliance")
    for kind, slug in (
        ("showcase", made.slug),
        ("city", "city-aaa"),
        ("entry", EntryFactory().slug),
    ):
        response = client.get(reverse("front:card", args=[kind, slug]))
        picture = Image.open(io.BytesIO(response.content))
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert "csrf" not in response.cookies
    assert client.get(reverse("front:card", args=["entry", inside.slug])).status_code == 404
    assert client.get(reverse("front:card", args=["person", "x"])).status_code == 404


def test_the_head_names_one_address_whatever_the_request_calls_the_house(client, member, shown):
    made = shown(member)
    page = client.get(made.get_absolute_url(), headers={"host": "127.0.0.1"}).content.decode()
    assert f'<link rel="canonical" href="{BASE}{made.get_absolute_url()}">' in page
    assert "127.0.0.1" not in page[: page.index("</head>")]


def test_oembed_tells_of_published_showcases_and_nothing_else(client, member, shown, draft_of):
    made, draft = shown(member, 'A "shed" & <more>'), draft_of(member)
    asked = reverse("front:oembed")
    told = client.get(asked, {"url": BASE + made.get_absolute_url(), "maxwidth": "300"}).json()
    assert (told["type"], told["title"], told["width"]) == ("rich", made.title, 300)
    assert "<more>" not in told["html"]
    xml = client.get(asked, {"url": BASE + made.get_absolute_url(), "format": "xml"})
    assert 'A "shed" &amp; &lt;more&gt;' in xml.content.decode()
    for url in (
        BASE + draft.get_absolute_url(),
        "https://elsewhere.example" + made.get_absolute_url(),
        "http://169.254.169.254/latest/",
        BASE + "/people/me/",
        "",
        "http://[",
    ):
        assert client.get(asked, {"url": url}).status_code == 404
    assert client.get(asked, {"url": "x", "format": "yaml"}).status_code == 501


@pytest.mark.parametrize(
    ("most", "told_as"),
    [
        ({}, ("rich", 420, 440, True)), ({"maxwidth": "300"}, ("rich", 300, 440, False)),
        ({"maxwidth": "200", "maxheight": "250"}, ("rich", 200, 250, False)),
        ({"maxwidth": "2000", "maxheight": "2000"}, ("rich", 420, 440, True)),
        ({"maxwidth": "120"}, ("link", None, None, False)), ({"maxheight": "199"}, ("link", None, None, False)),
        ({"maxwidth": "wide"}, ("rich", 420, 440, True)),
    ],
)  # fmt: skip
def test_oembed_tells_of_nothing_larger_than_was_asked(client, member, shown, most, told_as):
    url = BASE + shown(member).get_absolute_url()
    told = client.get(reverse("front:oembed"), {"url": url, **most}).json()
    keys = ("type", "width", "height")
    assert (*map(told.get, keys), "thumbnail_url" in told) == told_as
    assert ("html" in told) == (told["type"] == "rich")


def test_oembed_knows_an_address_as_browsers_write_it(client, member, shown):
    made = shown(member, "공유도시 " * 16)
    address = BASE + made.get_absolute_url()
    assert len(address) > 400  # in percent signs
    for url in (address, unquote(address)):
        assert client.get(reverse("front:oembed"), {"url": url}).json()["title"] == made.title


def test_the_code_for_a_card_is_read_and_copied_as_it_is(client, member, shown):
    made = shown(member, 'A "shed" & <more>')
    page = client.get(made.get_absolute_url()).content.decode()
    written, copied = (
        html.unescape(re.search(pattern, page)[1])
        for pattern in (r"readonly>([^<]*)</textarea>", r'data-copies="([^"]*)"')
    )
    assert written == copied
    assert copied.startswith(f'<iframe src="{BASE}{made.get_absolute_url()}embed/" title="A &quot;')
    assert copied.endswith("></iframe>")


def test_only_the_card_may_stand_in_a_frame_and_it_knows_nobody(client_factory, member, shown):
    made = shown(member)
    own = client_factory(member.person)
    card = own.get(reverse("showcase:embed", args=[made.slug]))
    assert "frame-ancestors *" in card.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in card.headers
    assert card.cookies == {}
    assert member.person.name not in card.content.decode()
    assert "script" not in card.content.decode()
    page = own.get(made.get_absolute_url())
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
