"""Words that were lent to an article and taken back since: no way out of the house gives them any more."""

import io
import zipfile
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from house.access.viewer import VISITOR
from house.agora.actions import edit_post
from house.agora.models import Post
from house.alex.models import Entry
from house.front import cards, keeping
from house.ground.paper import is_available
from house.magazine import emails, tasks
from house.magazine.actions.planning import change_plan, make_issue
from house.magazine.models import Article, Issue
from house.magazine.tests.desk_forms import send_article
from house.memory.models import Consent, Offer
from house.partners.viewing import viewer_for
from house.people.erasure import erase_due
from house.people.models import Person
from house.people.tokens import issue_token
from house.retrieval import outbox
from house.retrieval.models import Passage
from house.retrieval.search import Filters, search
from tests.factories import CityFactory, EntryFactory

pytestmark = pytest.mark.django_db
SAYS = "Begin with the quokka shop. Then ask who pays the wombat in the third year."
WORDS = ("quokka", "wombat")
NOTE = "A quote stood here. Its source no longer lets us show it."
TAKEN = "Mend it or take it out"


@pytest.fixture
def post(member):
    made = Post.objects.create(
        kind="success", title="It worked", author=member.person, city=member.city, state="open",
        shown_city=member.city, audience="public", candour="person", body=SAYS, html=f"<p>{SAYS}</p>",
        published_at=timezone.now(),
    )  # fmt: skip
    offer = Offer.objects.create(
        key="it", source="agora.post", thing=made.pk, template="case_study", answers_until=timezone.now()
    )  # fmt: skip
    Consent.objects.create(offer=offer, person=member.person, answer=Consent.Answer.GIVEN)
    return made


@pytest.fixture
def article(client, curator, issue, post, member):
    """Out and public. It says the words as a quote, in its teaser, in its text, and shortened."""
    made = Article.objects.create(
        issue=issue, title="Tools that stay", slug="tools", audience="public", live=False
    )
    made.save_revision(log_action=False)
    client.force_login(curator)
    credit = f"{member.person.name}, {member.city.label()}"
    send_article(
        client, made, "action-publish", quote=(SAYS, credit, post.get_absolute_url(), False),
        teaser="“Begin with the quokka shop.” So a city says.",
        text="<p>A plain line.</p><ul><li>They say: then ask who pays the wombat in the third year!</li></ul>",
    )  # fmt: skip
    client.logout()
    return Article.objects.get(pk=made.pk, live=True)


def consent_left_out(post):
    Consent.objects.update(answer=Consent.Answer.LEFT_OUT)


def offer_withdrawn(post):
    Offer.objects.update(state=Offer.State.WITHDRAWN)


def out_of_sight(post):
    Post.objects.filter(pk=post.pk).update(is_hidden=True)


def sealed(post):
    edit_post(post, post.title, post.body, by=viewer_for(post.author), candour="sealed")


def for_fewer(post):
    edit_post(post, post.title, post.body, by=viewer_for(post.author), audience="alliance")


def deleted(post):
    post.delete()


def author_erased(post):
    Person.objects.filter(pk=post.author_id).update(erase_after=timezone.now())
    erase_due()


ENDS = (consent_left_out, offer_withdrawn, out_of_sight, sealed, for_fewer, deleted, author_erased)


def page(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def issue_page(client, article):
    return client.get(article.issue.get_absolute_url()).content.decode()


def feed(client, article):
    return client.get(reverse("magazine:feed")).content.decode()


def book(client, article):
    made = client.get(reverse("magazine:issue_epub", args=[article.issue.number])).content
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return " ".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def paper(client, article):
    if not is_available():
        pytest.skip("no PDFs here: run `make pdf-libraries`")
    made = client.get(reverse("magazine:issue_pdf", args=[article.issue.number])).content
    pages = PdfReader(io.BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def mail(client, article):
    person = Person.objects.get(is_curator=True)
    message = emails.write(article.issue, person, viewer_for(person))
    return f"{message.body} {message.alternatives[0].content}"


def program(client, article):
    person = Person.objects.get(is_curator=True)
    headers = {"Authorization": f"Bearer {issue_token(person)}"}
    one = reverse("api:magazine_article", args=[article.issue.number, article.slug])
    whole = reverse("api:magazine_issue", args=[article.issue.number])
    return " ".join(client.get(each, headers=headers).content.decode() for each in (one, whole))


def drawn(article):
    """What the picture says where somebody shares the article."""
    return cards.KINDS["article"](article.code)


WAYS = (page, issue_page, feed, book, paper, mail, program)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_while_they_are_lent_readers_get_them(client, article, way):
    told = way(client, article)
    assert "quokka" in told
    assert NOTE not in told


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_once_taken_back_no_reader_gets_them(client, article, post, end):
    end(post)
    for way in (page, issue_page, feed, book, mail, program):
        told = way(client, article)
        assert [word for word in WORDS if word in told] == [], way.__name__
        assert NOTE in told, way.__name__
    assert "A plain line." in page(client, article)


def test_once_taken_back_no_paper_holds_them(client, article, post):
    consent_left_out(post)
    told = paper(client, article)
    assert [word for word in WORDS if word in told] == []
    assert NOTE in told


def test_given_again_they_stand_again(client, article, post):
    consent_left_out(post)
    Consent.objects.update(answer=Consent.Answer.GIVEN)
    assert "quokka" in page(client, article)


def test_whoever_reads_in_whatever_language_a_credit_is_judged_the_same(client, article, post):
    client.cookies["language"] = "fr"
    with translation.override("fr"):
        told = client.get(article.get_absolute_url(), headers={"Accept-Language": "fr"})
    assert "quokka" in told.content.decode()


def test_kept_pages_go_with_the_consent(client, article, post, member, settings, client_factory):
    """By the author's own door: what she sends is what lets them go."""
    settings.KEPT_PAGES_SECONDS = 30
    keeping.forget()
    assert "quokka" in issue_page(client, article)
    assert "quokka" in issue_page(client, article)  # kept now
    mine = client_factory(member.person)
    facts = {
        "title": post.title, "body": post.body, "language": "en", "audience": "public",
        "candour": "sealed", "act": "save",
    }  # fmt: skip
    assert mine.post(reverse("agora:post_edit", args=[post.code]), facts).status_code == 302
    assert "quokka" not in issue_page(client, article)
    keeping.forget()


def test_the_feed_is_kept_by_others_no_longer_than_a_minute(client, article):
    assert client.get(reverse("magazine:feed"))["Cache-Control"] == "public, max-age=60"


def test_the_index_holds_no_lent_words_at_all(client, article, settings):
    """It is made ahead of its reading: what it never held, it can't show when it is late."""
    settings.EMBEDDINGS_URL = "none"
    outbox.touch("article", article.pk)
    outbox.drain()
    held = " ".join(Passage.objects.filter(kind="article").values_list("text", flat=True))
    assert [word for word in WORDS if word in held] == []
    assert "A plain line." in held
    found = client.get(reverse("front:search"), {"q": "plain line"}).content.decode()
    assert "Tools that stay" in found
    assert [word for word in WORDS if word in found] == []


def test_an_article_of_lent_words_alone_is_found_by_its_title(article, settings):
    settings.EMBEDDINGS_URL = "none"
    Article.objects.filter(pk=article.pk).update(
        body=[block for block in article.body.raw_data if block["type"] == "quote"]
    )
    outbox.touch("article", article.pk)
    outbox.drain()
    assert list(Passage.objects.filter(kind="article").values_list("text", flat=True)) == [
        article.title
    ]


def test_a_name_does_not_outlive_its_person(client, article, post, member):
    """An entry stays when its author is erased; an article does not go on naming her."""
    entry = EntryFactory(
        title="A tool library", city=member.city, author=member.person, audience="public",
        state="published", candour="person", fields={"differently": "<p>Begin with the numbat.</p>"},
    )  # fmt: skip
    credit = f"{member.person.name}, {member.city.label()}"
    value = {"text": "Begin with the numbat.", "credit": credit, "source": entry.get_absolute_url()}
    Article.objects.filter(pk=article.pk).update(body=[{"type": "quote", "value": value}])
    assert "numbat" in page(client, article)
    author_erased(post)
    assert member.person.name not in page(client, article)


def test_a_withdrawn_entry_is_quoted_no_more(client, article, member):
    entry = EntryFactory(
        title="A tool library", city=member.city, author=member.person, audience="public",
        state="published", candour="city", fields={"differently": "<p>Begin with the numbat.</p>"},
    )  # fmt: skip
    value = {"text": "Begin with the numbat.", "credit": "", "source": entry.get_absolute_url()}
    Article.objects.filter(pk=article.pk).update(body=[{"type": "quote", "value": value}])
    assert "numbat" in page(client, article)
    Entry.objects.filter(pk=entry.pk).update(state="withdrawn")
    assert "numbat" not in page(client, article)
    assert NOTE in page(client, article)


def test_what_others_say_stays(client, article, post, member):
    """Only what was taken back goes: neither another quote nor a teaser that quotes that other one."""
    entry = EntryFactory(
        title="A tool library", city=member.city, author=member.person, audience="public",
        state="published", candour="city",
        fields={"differently": "<p>Begin with the numbat. It pays for itself.</p>"},
    )  # fmt: skip
    other = {"text": "Begin with the numbat.", "credit": "", "source": entry.get_absolute_url()}
    Article.objects.filter(pk=article.pk).update(
        teaser="“It pays for itself.” So they say.",
        body=[*article.body.raw_data, {"type": "quote", "value": other}],
    )
    consent_left_out(post)
    told = page(client, article)
    assert "numbat" in told
    assert "It pays for itself." in told
    assert "quokka" not in told


def test_the_editor_is_told_what_to_do_and_does_it(client, curator, article, post):
    consent_left_out(post)
    tasks.look_at_lent_words.func()
    for number in range(8, 12):  # far from the newest: still on the first screen
        Issue.objects.create(number=number, month=article.issue.month, title="Another", live=True)
    client.force_login(curator)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Tools that stay" in home
    assert TAKEN in home
    edit = client.get(reverse("wagtailsnippets_magazine_article:edit", args=[article.pk]))
    assert TAKEN in edit.content.decode()

    send_article(client, article, "action-publish", teaser="")
    assert NOTE not in page(client, article)
    tasks.look_at_lent_words.func()
    assert "Tools that stay" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_nothing_for_articles_that_lend_nothing(
    client, issue, django_assert_num_queries, number
):
    quote = {"type": "quote", "value": {"text": "Anything.", "credit": "", "source": "/alex/none/"}}
    for n in range(number):
        Article.objects.create(
            issue=issue, title=f"More {n}", slug=f"m{n}", audience="public", live=True,
            teaser="In our own words.", body=[quote],
        )  # fmt: skip
    with django_assert_num_queries(3):
        client.get(issue.get_absolute_url())


# A title that the house took from its source with the proposal

TITLE = "Our bandicoot bench"
TITLE_NOTE = "A title stood here. Its source no longer lets us show it."


def listing(client, article):
    """The neighbour's foot names it too."""
    other = Article.objects.get(issue=article.issue, slug="open")
    return page(client, other)


TITLE_WAYS = (page, issue_page, listing, feed, book, mail, program)


@pytest.fixture
def proposed(client, curator, post, issue):
    """From a member's success to an article that is out, all by the editor's doors."""
    Post.objects.filter(pk=post.pk).update(title=TITLE)
    by = viewer_for(curator)
    month = timezone.localdate().replace(day=1)
    change_plan(month, "pick", ("post", post.pk), by=by)
    made = Article.objects.get(issue=make_issue(month, "What came of it", by=by))
    client.force_login(curator)
    send_article(
        client,
        made,
        "action-publish",
        text="<p>A plain line of ours.</p>",
        issue=issue.pk,
        teaser="",
        cities=[city.pk for city in made.cities.all()],
    )
    client.logout()
    return Article.objects.select_related("issue").get(pk=made.pk, live=True)


def test_a_title_is_shown_while_it_is_lent(client, proposed):
    assert proposed.title == TITLE
    assert "bandicoot" not in proposed.get_absolute_url()  # nobody could take that back
    for way in (page, issue_page, listing, feed, book, mail, program):
        told = way(client, proposed)
        assert TITLE in told, way.__name__
        assert TITLE_NOTE not in told, way.__name__
    assert drawn(proposed).title == TITLE


TITLE_ENDS = (
    consent_left_out,
    offer_withdrawn,
    out_of_sight,
    for_fewer,
    deleted,
    author_erased,
    sealed,
)


@pytest.mark.parametrize("end", TITLE_ENDS, ids=lambda end: end.__name__)
def test_a_title_taken_back_is_nowhere(client, proposed, post, end):
    end(Post.objects.get(pk=post.pk))
    for way in TITLE_WAYS:
        told = way(client, proposed)
        assert "bandicoot" not in told, way.__name__
        assert TITLE_NOTE in told, way.__name__
    assert "A plain line of ours." in page(client, proposed)
    assert drawn(proposed).title == TITLE_NOTE


def test_no_search_gives_a_title_that_was_taken_back(client, proposed, post, settings):
    settings.EMBEDDINGS_URL = "none"
    outbox.touch("article", proposed.pk)
    outbox.drain()
    passages = Passage.objects.filter(kind="article", object_id=proposed.pk)
    assert {passage.title for passage in passages} == {str(proposed.issue)}

    def titles():
        found = client.get("/api/v1/search", {"q": "plain line of ours"}).json()["items"]
        typed = client.get(reverse("front:suggest"), {"q": proposed.issue.title}).json()["items"]
        address = proposed.get_absolute_url()
        rows = [row["title"] for row in found if row["url"] == address]
        return [*rows, *(row["label"] for row in typed if row["url"] == address)]

    assert titles() == [TITLE, TITLE]
    consent_left_out(post)
    assert titles() == [TITLE_NOTE, TITLE_NOTE]
    page = client.get(reverse("front:search"), {"q": "plain line of ours"}).content.decode()
    assert TITLE_NOTE in page
    assert TITLE not in page


def test_no_paper_holds_a_title_that_was_taken_back(client, proposed, post):
    assert TITLE in paper(client, proposed)
    consent_left_out(post)
    told = paper(client, proposed)
    assert "bandicoot" not in told
    assert told.count(TITLE_NOTE) == 2  # among the contents, and over the article


def test_a_title_that_the_editor_wrote_is_hers(client, curator, proposed, post):
    client.force_login(curator)
    send_article(client, proposed, "action-publish", title="A bandicoot bench that lasts")
    client.logout()
    consent_left_out(post)
    assert "A bandicoot bench that lasts" in page(client, proposed)
    assert TITLE_NOTE not in issue_page(client, proposed)


def test_the_desk_tells_of_a_title_and_takes_another(client, curator, proposed, post):
    client.force_login(curator)
    edit = reverse("wagtailsnippets_magazine_article:edit", args=[proposed.pk])
    assert "shown while that may be told" in client.get(edit).content.decode()
    consent_left_out(post)
    tasks.look_at_lent_words.func()
    for place in (reverse("wagtailadmin_home"), edit):
        told = client.get(place).content.decode()
        assert "Write a title of your own." in told
        assert "until you publish another" in told
    held = send_article(client, proposed, "action-publish", teaser="")
    assert "It was not published." in held.content.decode()
    send_article(client, proposed, "action-publish", title="A bench that lasts", teaser="")
    assert "A bench that lasts" in page(client, proposed)
    tasks.look_at_lent_words.func()
    assert "Write a title of your own." not in client.get(reverse("wagtailadmin_home")).text


def test_what_was_proposed_before_titles_were_remembered_lends_its_title_too(proposed):
    was = (TITLE, proposed.lent_title_from)
    Article.objects.filter(pk=proposed.pk).update(lent_title="", lent_title_from="")
    import_module("house.magazine.migrations.0006_lent_titles").remember(apps, None)
    assert Article.objects.values_list("lent_title", "lent_title_from").get(pk=proposed.pk) == was


def test_what_was_solved_is_told_until_its_asker_takes_it_away(client, curator, post, issue):
    """Without consent nothing is quoted, but a reader may know what was asked."""
    Consent.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(kind="question", title=TITLE)
    made = Article.objects.create(
        issue=issue, title=TITLE, slug="s", audience="public", live=True, lent_title=TITLE,
        lent_title_from=post.get_absolute_url(),
    )  # fmt: skip
    assert TITLE in page(client, made)
    out_of_sight(post)
    assert TITLE_NOTE in page(client, made)


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_little_for_each_lent_title(
    client, issue, post, django_assert_max_num_queries, number
):
    for n in range(number):
        Article.objects.create(
            issue=issue, title=TITLE, slug=f"m{n}", audience="public", live=True, lent_title=TITLE,
            lent_title_from=post.get_absolute_url(),
        )  # fmt: skip
    with django_assert_max_num_queries(3 + 2 * number):
        client.get(issue.get_absolute_url())


# Cities that it names because of its source, and what leads back there


CITY_WAYS = (page, issue_page, listing, feed, book, mail, program)


@pytest.fixture
def naming(proposed, post, member):
    """As it was drafted, with the card that leads to its source, and a map of that city and another."""
    other = CityFactory(name="Far City", latitude=10, longitude=10)
    proposed.cities.add(other)
    proposed.save()
    body = [
        {"type": "text", "value": "<p>A plain line of ours.</p>"},
        {"type": "entry", "value": {"path": post.get_absolute_url(), "why": "Where it began"}},
        {"type": "map", "value": {"caption": "Here", "cities": [member.city_id, other.pk]}},
    ]
    Article.objects.filter(pk=proposed.pk).update(body=body)
    return Article.objects.select_related("issue").get(pk=proposed.pk)


def test_its_cities_and_its_card_are_there_while_the_title_is_lent(client, naming, member):
    assert naming.lent_cities == [member.city_id]
    told = page(client, naming)
    assert told.count(f">{member.city.label()}</a>") == 2  # in its foot and under the map
    assert "Where it began" in told
    for way in (issue_page, feed):
        assert member.city.name in way(client, naming), way.__name__
    assert f'"{member.city_id}"' in program(client, naming)


@pytest.mark.parametrize("end", TITLE_ENDS, ids=lambda end: end.__name__)
def test_with_the_title_go_its_cities_and_what_leads_back(client, naming, post, member, end):
    end(Post.objects.get(pk=post.pk))
    for way in CITY_WAYS:
        told = way(client, naming)
        assert member.city.name not in told, way.__name__
        assert f'"{member.city_id}"' not in told, way.__name__
        assert "bandicoot" not in told, way.__name__
        assert post.get_absolute_url() not in told, way.__name__
    # The editor's own: for machines, in the foot, on the map and in its list.
    assert page(client, naming).count("Far City") == 4
    assert "Where it began" not in page(client, naming)


def test_the_cities_go_also_from_under_a_title_of_the_editors(client, naming, post, member):
    """The thread is sealed: what it took its city from names none any more."""
    Article.objects.filter(pk=naming.pk).update(title="A bench that lasts")
    assert member.city.name in page(client, naming)
    sealed(Post.objects.get(pk=post.pk))
    for way in CITY_WAYS:
        assert member.city.name not in way(client, naming), way.__name__
    assert "A bench that lasts" in page(client, naming)


def test_no_paper_holds_a_city_that_was_taken_back(client, naming, post, member):
    assert member.city.name in paper(client, naming)
    consent_left_out(post)
    told = paper(client, naming)
    assert member.city.name not in told
    assert "Where it began" not in told


def test_no_search_by_a_city_finds_what_names_it_because_of_its_source(
    client, naming, member, settings
):
    """The index is made ahead: what it never held, it can't tell when it is late."""
    settings.EMBEDDINGS_URL = "none"
    outbox.touch("article", naming.pk)
    outbox.drain()

    def found(city):
        asked = search("plain line of ours", viewer=VISITOR, filters=Filters(city=(city,)))
        return [hit.thing.pk for hit in asked.hits]

    other = naming.cities.get(name="Far City")
    assert found(other.slug) == [naming.pk]
    assert found(member.city.slug) == []


def test_the_desk_says_that_its_cities_may_not_be_told(client, curator, naming, post):
    Article.objects.filter(pk=naming.pk).update(title="A bench that lasts")
    client.force_login(curator)
    edit = reverse("wagtailsnippets_magazine_article:edit", args=[naming.pk])
    says = "Take them out of the article"
    assert says not in client.get(edit).text
    consent_left_out(post)
    tasks.look_at_lent_words.func()
    assert says in client.get(edit).text
    assert says in client.get(reverse("wagtailadmin_home")).text
    send_article(client, naming, "action-publish", title="A bench that lasts", teaser="", cities=[])
    tasks.look_at_lent_words.func()
    assert says not in client.get(reverse("wagtailadmin_home")).text


def test_what_was_proposed_before_cities_were_remembered_lends_them_too(naming, member):
    Article.objects.filter(pk=naming.pk).update(lent_cities=[])
    import_module("house.magazine.migrations.0007_lent_cities").remember(apps, None)
    assert Article.objects.get(pk=naming.pk).lent_cities == [member.city_id]
