from functools import partial
from types import SimpleNamespace

import pytest
from django.urls import reverse

from house.access.models import JournalRow
from house.access.viewer import VISITOR
from house.ground.errors import Gone
from house.partners.viewing import viewer_for
from house.retrieval import outbox
from house.retrieval.search import search
from house.showcase import actions
from house.showcase.actions.writing import Changed
from house.showcase.models import Edition, Showcase
from tests.factories import CityFactory, PartnershipFactory, SeatFactory
from tests.listed import listed
from tests.together import at_once, needs_postgres

pytestmark = pytest.mark.django_db


def public_faces(client):
    """Everything of the house that a visitor could meet a showcase in."""
    pages = ("showcase:home", "showcase:feed", "api:showcases")
    texts = [client.get(reverse(name)).content.decode() for name in pages]
    return "\n".join((*texts, *listed(client))) + client.get("/cities/city-aaa/").content.decode()


def test_a_draft_is_its_citys_alone(client_factory, member, neighbour, curator, draft_of):
    draft = draft_of(member, "canary-draft")
    for person in (None, neighbour.person, curator):
        client = client_factory(person)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert "canary-draft" not in public_faces(client)
    own = client_factory(member.person)
    assert (
        "canary-draft" in own.get(reverse("showcase:preview", args=[draft.slug])).content.decode()
    )
    assert "canary-draft" in own.get(reverse("showcase:mine")).content.decode()
    assert "canary-draft" not in public_faces(own)


def test_publish_and_withdraw(client, client_factory, member, by, shown):
    made = shown(member, "Canary shed")
    assert made.slug == "canary-shed"
    assert "Shown since" in client.get(made.get_absolute_url()).text
    outbox.drain()
    assert "Canary shed" in public_faces(client)
    assert [hit.thing for hit in search("canary shed", viewer=VISITOR).hits] == [made]
    oembed = reverse("front:oembed") + "?url=http://localhost:8000" + made.get_absolute_url()
    for address in (made.get_absolute_url(), reverse("showcase:embed", args=[made.slug]), oembed):
        assert client.get(address).status_code == 200

    actions.withdraw(made, by=by, reason="It moved")
    outbox.drain()
    assert "canary" not in public_faces(client).lower()
    assert search("canary shed", viewer=VISITOR).hits == []
    draft = client_factory(member.person).get(reverse("showcase:preview", args=[made.slug])).text
    assert "Canary shed" in draft
    assert "Shown since" not in draft
    for address in (
        made.get_absolute_url(),
        reverse("showcase:embed", args=[made.slug]),
        reverse("front:card", args=["showcase", made.slug]),
        oembed,
    ):
        assert client.get(address).status_code == 404
    assert actions.publish(made, by=by).is_published


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_showcases_of_one_title_published_at_once_get_an_address_each(draft_of):
    seats = [SeatFactory(partnership=PartnershipFactory(city=CityFactory())) for _each in range(6)]
    owned = [
        SimpleNamespace(person=seat.person, city_id=seat.partnership.city_id) for seat in seats
    ]
    drafts = [draft_of(each, "A shed") for each in owned]
    said = at_once(
        *[
            partial(actions.publish, draft, by=viewer_for(each.person))
            for draft, each in zip(drafts, owned, strict=True)
        ]
    )
    assert sorted(made.slug == "a-shed" for made in said) == [False] * 5 + [True]
    assert len({made.slug for made in said}) == 6


def test_each_publishing_is_an_edition_and_readers_see_the_last(client_factory, member, by, shown):
    made = shown(member, "First words")
    address = made.get_absolute_url()
    actions.save_draft(made, {"title": "Second words"}, by=by, revision=made.revision)
    visitor, own = client_factory(), client_factory(member.person)
    assert "Second words" not in visitor.get(address).content.decode()
    actions.publish(made, by=by)
    actions.publish(made, by=by)  # twice the same makes no third
    assert [each.number for each in Edition.objects.filter(showcase=made)] == [1, 2]
    assert made.get_absolute_url() == address
    page = visitor.get(address).content.decode()
    assert "Second words" in page
    assert "First words" not in page
    old = reverse("showcase:edition", args=[made.slug, 1])
    assert visitor.get(old).status_code == 302
    assert "First words" in own.get(old).content.decode()
    own.post(reverse("showcase:editions", args=[made.slug]), {"number": "1"})
    made.refresh_from_db()
    assert made.draft["title"] == "First words"
    assert made.current.title == "Second words"


def test_a_draft_is_thrown_away_by_its_city(
    client_factory, member, neighbour, by, draft_of, photo, django_capture_on_commit_callbacks
):
    draft = draft_of(member, "canary-draft")
    picture = actions.add_picture(draft, photo, "a.jpg", by=by, alt="A field")
    own, other = client_factory(member.person), client_factory(neighbour.person)
    address = reverse("showcase:discard", args=[draft.slug])
    assert address in own.get(reverse("showcase:edit", args=[draft.slug])).text
    asked = own.get(address).text
    assert "canary-draft" in asked
    assert "never published" in asked
    assert other.post(address).status_code == 404
    assert Showcase.objects.filter(pk=draft.pk).exists()

    with django_capture_on_commit_callbacks(execute=True):
        response = own.post(address, follow=True)
    assert response.redirect_chain == [(reverse("showcase:mine"), 302)]
    assert "The draft is gone." in response.text
    assert "canary-draft" not in response.text
    assert own.get(reverse("showcase:preview", args=[draft.slug])).status_code == 404
    storage = picture.large.storage
    assert not storage.exists(picture.large.name)
    assert not storage.exists(picture.small.name)
    row = JournalRow.objects.get(act="showcase.discard")
    assert (row.person_id, row.facts) == (member.person.pk, {"never_published": True})


def thrown_away(draft):
    """By a colleague, while others have its form before them."""
    colleague = SeatFactory(partnership__city_id=draft.city_id).person
    actions.discard_draft(Showcase.objects.get(pk=draft.pk), by=viewer_for(colleague))


@pytest.mark.parametrize("where", ["edit", "pictures"])
def test_words_for_a_draft_that_a_colleague_threw_away_are_handed_back(
    client_factory, member, draft_of, where
):
    draft = draft_of(member)
    thrown_away(draft)
    sent = {"text": "Long thought about", "alt": "Long looked at", "publish": "1"}
    response = client_factory(member.person).post(
        reverse(f"showcase:{where}", args=[draft.slug]), sent
    )
    assert response.status_code == 404
    assert "What you wrote" in response.text
    assert "Long thought about</textarea>" in response.text
    assert "Long looked at</textarea>" in response.text


def test_what_is_thrown_away_between_a_look_and_an_act_is_told(by, member, draft_of):
    draft = draft_of(member)
    thrown_away(draft)
    for act in (
        partial(actions.save_draft, draft, {"title": "x"}, by=by, revision=1),
        partial(actions.publish, draft, by=by),
        partial(actions.discard_draft, draft, by=by),
    ):
        with pytest.raises(Gone):
            act()


def test_what_was_published_outlives_its_draft(client_factory, member, by, shown):
    made = shown(member, "First words")
    own, visitor = client_factory(member.person), client_factory()
    edit = reverse("showcase:edit", args=[made.slug])
    discard = reverse("showcase:discard", args=[made.slug])
    assert discard not in own.get(edit).text  # nothing to throw away
    actions.save_draft(made, {"title": "Second words"}, by=by, revision=made.revision)
    assert discard in own.get(edit).text
    assert "Second words" in own.get(discard).text
    own.post(discard)
    assert "First words" in own.get(edit).text
    assert discard not in own.get(edit).text
    assert "First words" in visitor.get(made.get_absolute_url()).text
    actions.withdraw(Showcase.objects.get(pk=made.pk), by=by)
    own.post(discard)  # nor is a withdrawn one forgotten so: it was public once
    assert "First words" in own.get(reverse("showcase:mine")).text


def test_nobody_overwrites_unseen(client_factory, member, draft_of):
    draft = draft_of(member)
    with pytest.raises(Changed):
        actions.save_draft(draft, {"title": "x"}, by=viewer_for(member.person), revision=0)
    typed = {"title": "Mine", "language": "en", "revision": "0"}
    response = client_factory(member.person).post(
        reverse("showcase:edit", args=[draft.slug]), typed
    )
    assert response.status_code == 422
    assert 'value="Mine"' in response.content.decode()
    assert f'value="{draft.revision}"' in response.content.decode()


def test_what_is_missing_is_told_beside_its_field(client_factory, member, draft_of):
    draft = draft_of(member, "")
    typed = {"title": "", "summary": "", "text": "Too short", "language": "en", "publish": "1",
             "revision": str(draft.revision)}  # fmt: skip
    response = client_factory(member.person).post(
        reverse("showcase:edit", args=[draft.slug]), typed
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"title", "summary", "text"}
    for label in (
        "Title",
        "In a sentence or two",
        "Tell it",
    ):  # a film may be left out, these may not
        assert f">{label}</label>" in response.text
    assert 'A film <span class="field__optional">' in response.text
    assert not Showcase.objects.get(pk=draft.pk).is_published


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>Good</p><script>alert(1)</script>", "<p>Good</p>"),
        ('<p onclick="x()">Good</p>', "<p>Good</p>"),
        ('<img src="https://elsewhere.example/x.png"><p>Good</p>', "<p>Good</p>"),
        ("Plain\n\nlines", "<p>Plain</p><p>lines</p>"),
    ],
)
def test_no_markup_of_others_gets_through(member, draft_of, typed, kept):
    assert draft_of(member, text=typed).draft["text"] == kept


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://vimeo.com/76979871", True),
        ("https://www.youtube.com/watch?v=x", True),
        ("https://youtube.com.evil.example/x", False),
        ("https://evil.example/youtube.com", False),
        ("javascript:alert(1)//youtube.com", False),
        ("https://user@vimeo.com/1", False),
        ("http://vimeo.com/1", False),
    ],
)
def test_films_lie_at_known_houses_and_are_only_linked(
    client_factory, member, draft_of, url, is_taken
):
    draft = draft_of(member, video=url)
    own = client_factory(member.person)
    page = own.get(reverse("showcase:preview", args=[draft.slug])).content.decode()
    assert ("Watch it on" in page) == is_taken
    assert "<iframe" not in page
    assert "<video" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    client, member, shown, rows, django_assert_num_queries
):
    for number in range(rows):
        shown(member, f"Showcase {number}")
    with django_assert_num_queries(3):
        client.get(reverse("showcase:home"))


def test_a_withdrawn_showcase_is_seen_by_curators_and_its_city_but_not_its_draft(
    client_factory, curator, member, by, shown
):
    made = shown(member, "Told once")
    actions.save_draft(made, {"title": "canary-next"}, by=by, revision=made.revision)
    curator_client = client_factory(curator)
    response = curator_client.post(
        reverse("showcase:withdraw", args=[made.slug]), {"reason": "Asked to"}
    )
    assert response.status_code == 302
    page = curator_client.get(made.get_absolute_url()).content.decode()
    assert "Told once" in page
    assert "canary-next" not in page
    assert curator_client.get(reverse("showcase:preview", args=[made.slug])).status_code == 404
