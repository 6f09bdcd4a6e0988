"""Who reads what, by page, feed, book, paper, search, program and mail: the same for every way out."""

import datetime
import io
import re
import zipfile
import zlib

import pytest
from django.urls import reverse
from lxml import etree
from pypdf import PdfReader

from house.ground.paper import is_available
from house.magazine import emails
from house.magazine.editions import pdf_of
from house.magazine.models import Article, Issue
from house.magazine.tests.desk_forms import send_article
from house.notices import leaving
from house.notices.models import Choice, How, Letter
from house.partners.viewing import viewer_for
from house.people.tokens import issue_token
from house.retrieval import outbox
from house.retrieval.models import Passage
from house.retrieval.search import search
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory
from tests.listed import listed

pytestmark = pytest.mark.django_db
WORD = re.compile(r"zz(open|closed|draft)")
OPEN, ALL = {"open"}, {"open", "closed"}


def words(content):
    return set(
        WORD.findall(content.decode("utf-8", "replace") if isinstance(content, bytes) else content)
    )


def page(client, issue, person):
    return words(client.get(issue.get_absolute_url()).content)


def articles(client, issue, person):
    found = set()
    for slug in ("open", "closed"):
        answer = client.get(reverse("magazine:article", args=[issue.number, slug]))
        found |= words(answer.content) if answer.status_code == 200 else set()
    return found


def book(client, issue, person):
    answer = client.get(reverse("magazine:issue_epub", args=[issue.number]))
    assert answer["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return set().union(*(words(archive.read(name)) for name in archive.namelist()))


def paper(client, issue, person):
    if not is_available():
        pytest.skip("no PDFs here: run `make pdf-libraries`")
    answer = client.get(reverse("magazine:issue_pdf", args=[issue.number]))
    assert answer["Cache-Control"] == "private, no-store"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return words(" ".join(page.extract_text() for page in pages))


def program(client, issue, person):
    headers = {"Authorization": f"Bearer {issue_token(person)}"} if person else {}
    return words(
        client.get(reverse("api:magazine_issue", args=[issue.number]), headers=headers).content
    )


def found(client, issue, person):
    for article in Article.objects.filter(issue=issue):
        outbox.touch("article", article.pk)
    outbox.drain()
    hits = search(
        "zzopen zzclosed zzdraft story", viewer=viewer_for(person) if person else viewer_for(None)
    )
    return words(" ".join(str(hit.thing.title) for hit in hits.hits))


def mail(client, issue, person):
    if person is None:
        return OPEN  # nobody to write to
    message = emails.write(issue, person, viewer_for(person))
    return words(message.body) & words(str(message.alternatives[0].content)) if message else set()


WAYS = (page, articles, book, paper, program, mail)


@pytest.fixture
def kinds(member, associate, curator):
    """Each kind of person, with what she reads."""
    premium = SeatFactory(partnership=PartnershipFactory(level="premium"))
    premium.person.city = premium.partnership.city
    premium.person.save()
    over = datetime.date(2021, 1, 1)
    former = SeatFactory(partnership=PartnershipFactory(ends_on=over, last_day=over))
    return {
        "visitor": (None, OPEN),
        "guest": (PersonFactory(), OPEN),
        "former": (former.person, OPEN),
        "suspended": (PersonFactory(is_active=False), OPEN),
        "associate": (associate.person, ALL),
        "partner": (member.person, ALL),
        "premium": (premium.person, ALL),
        "curator": (curator, ALL),
    }


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_hole_16_every_edition_holds_what_its_reader_may_read(client_factory, issue, kinds, way):
    for who, (person, reads) in kinds.items():
        client = client_factory(person if who != "suspended" else None)
        got = way(client, issue, person if who != "suspended" else None)
        assert got - {"draft"} == reads, who
        assert "draft" not in got or who == "curator", who


def test_search_finds_members_articles_for_members_only(issue, member, client, settings):
    settings.EMBEDDINGS_URL = "none"
    assert found(client, issue, None) == OPEN
    assert found(client, issue, member.person) == ALL


def test_the_feed_is_what_a_visitor_reads_whoever_asks(client, issue, member):
    client.force_login(member.person)
    assert words(client.get(reverse("magazine:feed")).content) == OPEN
    told = "\n".join(listed(client))
    assert "/7/open/" in told
    assert "/7/closed/" not in told


def test_all_of_the_sample_is_open(client, issue):
    Issue.objects.filter(pk=issue.pk).update(is_sample=True)
    assert articles(client, issue, None) == ALL


def test_what_an_issue_that_is_not_out_holds_looks_absent(client, issue, member):
    Issue.objects.filter(pk=issue.pk).update(live=False)
    client.force_login(member.person)
    for address in (
        issue.get_absolute_url(),
        reverse("magazine:article", args=[7, "open"]),
        reverse("magazine:issue_epub", args=[7]),
        reverse("magazine:cover", args=[7]),
    ):
        assert client.get(address).status_code == 404


# Wagtail makes a size in a temporary file and leaves it to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_hole_1_a_picture_is_seen_where_it_stands_and_nowhere_else(client, issue, member, picture):
    value = {"picture": picture.pk, "alt": "A quay", "caption": "", "credit": ""}
    Article.objects.filter(slug="closed").update(body=[{"type": "picture", "value": value}])
    where = [
        reverse("magazine:article_picture", args=[7, slug, picture.pk])
        for slug in ("closed", "open")
    ]

    assert [client.get(address).status_code for address in where] == [404, 404]
    client.force_login(member.person)
    answers = [client.get(address) for address in where]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert answers[0]["Content-Type"] == "image/jpeg"
    assert "private" in answers[0]["Cache-Control"]


def test_the_mail_edition_goes_to_who_belongs_or_asked(
    issue, kinds, django_capture_on_commit_callbacks
):
    asked, left = PersonFactory(), kinds["partner"][0]
    Choice.objects.create(person=asked, kind=emails.EDITION, how=How.AT_ONCE)
    Choice.objects.create(person=left, kind=emails.EDITION, how=How.INBOX)

    emails.post_edition(issue.pk)
    emails.post_edition(issue.pk)  # again: nobody gets two

    posted = Letter.objects.filter(kind=emails.EDITION).values_list("person_id", flat=True)
    expected = {asked.pk, *(kinds[who][0].pk for who in ("associate", "premium", "curator"))}
    assert sorted(posted) == sorted(expected)
    assert words(emails.write(issue, asked, viewer_for(asked)).body) == OPEN
    assert emails.write(issue, left, viewer_for(left)) is None


def test_one_press_leaves_the_list(client, issue, member):
    message = emails.write(issue, member.person, viewer_for(member.person))
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert address == leaving.url_for(member.person, emails.EDITION)
    client.post(address.removeprefix("http://localhost:8000"), {"List-Unsubscribe": "One-Click"})
    assert emails.write(issue, member.person, viewer_for(member.person)) is None


def test_links_that_leave_the_house_are_whole(issue, member, client):
    within = [{"type": "text", "value": '<p>Words of zzopen, <a href="/alex/">there</a>.</p>'}]
    Article.objects.filter(slug="open").update(body=within)
    message = emails.write(issue, member.person, viewer_for(member.person))
    assert re.findall(r'href="(?!https?://)[^"]*"', message.alternatives[0].content) == []
    answer = client.get(reverse("magazine:issue_epub", args=[7]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        text = archive.read(next(n for n in archive.namelist() if "article" in n)).decode()
    assert re.findall(r'<a href="(?!https?://)[^"]*"', text) == []


def unpacked(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_the_pdf_is_tagged_titled_and_in_its_language(issue):
    if not is_available():
        pytest.skip("no PDFs here: run `make pdf-libraries`")
    made = pdf_of(issue, viewer_for(None))
    told = b"".join(
        unpacked(stream) for stream in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL)
    )
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
        assert mark in made + told, mark


def test_where_no_pdf_can_be_made_the_page_says_so(client, issue, monkeypatch):
    import builtins

    real = builtins.__import__

    def without(name, *more, **facts):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *more, **facts)

    monkeypatch.setattr(builtins, "__import__", without)
    answer = client.get(reverse("magazine:issue_pdf", args=[7]))
    assert answer.status_code == 501
    assert "no library to make PDFs with" in answer.content.decode()


def test_what_a_paste_brings_along_breaks_neither_feed_nor_book(client, curator, issue):
    """Word processors put vertical tabs into texts; XML can't hold them."""
    client.force_login(curator)
    send_article(
        client, Article.objects.get(slug="open"), "action-publish",
        title="zzopen\x0btold", teaser="One\x0btwo \x08three",
    )  # fmt: skip
    assert Article.objects.get(slug="open").live
    feed = client.get(reverse("magazine:feed"))
    assert "<title>zzopen told</title>" in feed.content.decode()
    made = client.get(reverse("magazine:issue_epub", args=[issue.number]))
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".svg")):
                etree.fromstring(archive.read(name))


def test_a_deleted_article_leaves_the_index_too(client, curator, issue):
    article = Article.objects.get(slug="open")
    outbox.touch("article", article.pk)
    outbox.drain()
    assert Passage.objects.filter(kind="article", object_id=article.pk).exists()
    client.force_login(curator)
    client.post(reverse("wagtailsnippets_magazine_article:delete", args=[article.pk]))
    assert not Article.objects.filter(slug="open").exists()
    outbox.drain()
    assert not Passage.objects.filter(kind="article", object_id=article.pk).exists()
