"""Kept pages: the same for all, gone with the next change, never made by one for another."""

import re

import pytest
from django.urls import reverse

from house.front import keeping
from house.partners.viewing import viewer_for
from house.showcase import actions
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
HOME = "/"


@pytest.fixture(autouse=True)
def keeps(settings):
    settings.KEPT_PAGES_SECONDS = 60
    keeping.forget()
    yield
    keeping.forget()


def is_kept(client, django_assert_num_queries, path, **asked):
    client.get(path, **asked)
    with django_assert_num_queries(0):
        return client.get(path, **asked)


def test_a_kept_page_asks_nothing_and_says_the_same(client_factory, django_assert_num_queries):
    entry, other = EntryFactory(title="Told to all"), EntryFactory(slug="new-lanes")
    paths = (HOME, entry.get_absolute_url(), other.get_absolute_url(), "/showcase/", "/mission/")
    for path in paths:
        first = client_factory().get(path)
        again = is_kept(client_factory(), django_assert_num_queries, path)
        assert again.content == first.content
        for name in (
            "Content-Security-Policy",
            "Cache-Control",
            "Content-Language",
            "X-Frame-Options",
        ):
            assert again.headers[name] == first.headers[name]


def test_withdrawn_is_gone_with_the_next_request(
    client_factory, member, django_capture_on_commit_callbacks
):
    by = viewer_for(member.person)
    made = actions.begin(by=by, city=member.city_id)
    text = "<p>" + "Sheds that are shared last longer than sheds that are owned. " * 3 + "</p>"
    actions.save_draft(
        made, {"title": "Canary shed", "summary": "A shed", "text": text}, by=by, revision=0
    )
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish(made, by=by)
    visitor = client_factory()
    pages = ("/showcase/", HOME, made.get_absolute_url(), member.city.get_absolute_url())
    for path in pages:
        assert "Canary shed" in visitor.get(path).content.decode()
    own = client_factory(member.person)
    own.post(reverse("showcase:withdraw", args=[made.slug]), {"reason": ""})
    for path in pages:
        assert "Canary shed" not in visitor.get(path).content.decode()


def test_what_the_worker_changes_lets_pages_go(client, django_capture_on_commit_callbacks):
    from house.retrieval import outbox

    entry = EntryFactory(title="Canary entry")
    assert "Canary entry" in client.get(HOME).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        entry.audience = "alliance"
        entry.save()
        outbox.touch("entry", entry.pk)
    assert "Canary entry" not in client.get(HOME).content.decode()


def test_hole_11_nobody_is_shown_what_was_made_for_another(client_factory, member):
    own, visitor = client_factory(member.person), client_factory()
    inside = EntryFactory(title="Canary inside", audience="alliance", author=member.person)
    assert "Canary inside" in own.get(HOME).content.decode()
    assert "Canary inside" not in visitor.get(HOME).content.decode()
    assert visitor.get(inside.get_absolute_url()).status_code == 404
    assert own.get(inside.get_absolute_url()).status_code == 200
    # With a session that is no longer good she is a visitor, and still gets nothing of hers kept for others.
    key = client_factory()
    key.cookies["house"] = "gone"
    assert "Canary inside" not in key.get(HOME).content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-original-url": "/evil/"},
        {"x-forwarded-proto": "evil"},
        {"x-forwarded-prefix": "/evil"},
        {"forwarded": "host=evil.example"},
        {"accept-language": "evil"},
        {"user-agent": "evil<script>"},
        {"referer": "https://evil.example/"},
        {"hx-request": "true", "hx-current-url": "https://evil.example/"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_hole_11_no_header_that_is_not_in_the_key_poisons_a_page(client_factory, headers):
    """The attacker asks first; the next reader must get what she would have got without him."""
    clean = client_factory().get("/mission/").content
    keeping.forget()
    client_factory().get("/mission/", headers=headers)
    victim = client_factory().get("/mission/").content
    assert victim == clean
    assert b"evil" not in victim


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost:80@evil.example", "localhost.evil.example", ""]
)
def test_hole_11_a_foreign_host_is_refused_and_never_kept(client_factory, host):
    client_factory().get("/mission/", headers={"host": host})
    assert "evil" not in client_factory().get("/mission/").content.decode()
    assert client_factory().get("/mission/", headers={"host": host}).status_code in {200, 400}
    assert all("evil" not in str(key) for key in keeping._kept)


def test_hole_11_hosts_languages_and_colours_have_pages_of_their_own(client_factory):
    dark = client_factory()
    dark.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in dark.get(HOME).content.decode()
    assert 'data-theme="dark"' not in client_factory().get(HOME).content.decode()
    odd = client_factory()
    odd.cookies["theme"] = '"><script>evil'
    odd.get("/levels/")
    assert "evil" not in client_factory().get("/levels/").content.decode()
    german = client_factory().get(HOME, headers={"accept-language": "de-AT,de;q=0.9"})
    assert '<html lang="de"' in german.content.decode()
    assert '<html lang="en"' in client_factory().get(HOME).content.decode()
    client_factory().get("/mission/", headers={"host": "127.0.0.1"})
    assert "127.0.0.1" not in client_factory().get("/mission/").content.decode()


def test_hole_11_a_question_mark_is_never_kept_and_never_reaches_others(client_factory):
    client_factory().get("/showcase/?topic=canary&page=9&utm=<script>")
    page = client_factory().get("/showcase/").content.decode()
    assert "canary" not in page
    assert "utm=" not in page


def test_hole_11_no_cookie_and_no_token_lies_in_a_kept_page(client_factory):
    EntryFactory()
    for path in (HOME, "/join/", "/join/city/", "/mission/", "/showcase/", "/alex/entry-0/"):
        client_factory().get(path)
    for kept in keeping._kept.values():
        assert b"csrfmiddlewaretoken" not in kept.body
        assert "Set-Cookie" not in dict(kept.headers)
    first, second = (
        re.search(
            r'csrfmiddlewaretoken" value="(\w+)"',
            client_factory().get("/join/city/").content.decode(),
        )[1]
        for _browser in range(2)
    )
    assert first != second


def test_who_only_visits_cannot_empty_what_is_kept(client_factory, django_assert_num_queries):
    client_factory().get("/mission/")
    client_factory().post(reverse("front:theme"), {"theme": "dark"})
    with django_assert_num_queries(0):
        client_factory().get("/mission/")
