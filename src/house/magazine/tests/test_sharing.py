"""How issues and articles look where somebody shares them. Only what everybody reads goes out."""

import io
import json
import re

import pytest
from django.urls import reverse
from PIL import Image

from house.magazine.models import Article
from tests.factories import CityFactory, TopicFactory

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000"


def data_of(page):
    return [
        json.loads(block)
        for block in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
        )
    ]


def picture_in(client, page):
    address = re.search(r'<meta property="og:image" content="([^"]+)">', page)[1]
    assert address.startswith(BASE)
    picture = Image.open(io.BytesIO(client.get(address.removeprefix(BASE)).content))
    return picture.format, picture.size


def test_an_issue_that_is_out_says_what_it_is_and_has_a_picture(client, issue):
    page = client.get(issue.get_absolute_url()).text
    told = data_of(page)[0]
    assert (told["@type"], told["issueNumber"]) == ("PublicationIssue", 7)
    assert told["@id"] == BASE + issue.get_absolute_url()
    assert f'<link rel="canonical" href="{told["@id"]}">' in page
    assert picture_in(client, page) == ("PNG", (1200, 630))


def test_an_open_article_says_what_it_is_and_has_a_picture(client, issue):
    article = Article.objects.get(slug="open")
    article.title, article.byline = "</script><script>alert(1)</script>", "An editor"
    article.topics.add(TopicFactory(slug="bike-sharing"))
    article.cities.add(CityFactory(name="Far City"))
    article.save()
    page = client.get(article.get_absolute_url()).text
    told = data_of(page)[0]
    assert (told["keywords"], told["spatialCoverage"]) == ("bike sharing", ["Far City"])
    assert (told["@type"], told["headline"]) == ("Article", "</script><script>alert(1)</script>")
    assert (told["creditText"], told["isAccessibleForFree"]) == ("An editor", True)
    assert told["isPartOf"]["issueNumber"] == 7
    assert "<script>alert" not in page
    assert picture_in(client, page) == ("PNG", (1200, 630))


def test_what_not_everybody_reads_is_told_to_no_machine(client_factory, client, issue, member):
    for slug in ("closed", "draft"):
        assert client.get(reverse("front:card", args=["article", f"7/{slug}"])).status_code == 404
    page = client_factory(member.person).get(Article.objects.get(slug="closed").get_absolute_url())
    assert "Words of zzclosed." in page.text
    assert data_of(page.text) == []
    assert "og:image" not in page.text
    issue.live = False
    issue.save()
    for kind, slug in (("issue", "7"), ("article", "7/open"), ("issue", "x"), ("article", "7")):
        assert client.get(reverse("front:card", args=[kind, slug])).status_code == 404


def test_the_sample_is_open_to_all_of_it(client, issue):
    issue.is_sample = True
    issue.save()
    page = client.get(Article.objects.get(slug="closed").get_absolute_url()).text
    assert data_of(page)[0]["isAccessibleForFree"]
    assert picture_in(client, page) == ("PNG", (1200, 630))
