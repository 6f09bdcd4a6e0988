"""Wagtail's addresses, every one of them: absent for who does not edit, and mostly absent for who does."""

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.http import Http404
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.images.views import images as image_views
from wagtail.models import Workflow

from house.ground.html import to_text
from house.magazine.desk import door
from house.magazine.desk.editors import PicturePolicy
from house.magazine.models import Article, Issue
from house.magazine.tests.desk_forms import send_article, send_issue
from house.partners import middleware
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
DESK = "/magazine/desk/"


def routes(patterns=None, prefix="", space=""):
    """(name, address with something in each place)."""
    if patterns is None:
        patterns = next(
            each for each in get_resolver().url_patterns if str(each.pattern) == "magazine/desk/"
        ).url_patterns
    for each in patterns:
        address = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from routes(each.url_patterns, address, inner)
        else:
            yield f"{space}{each.name or ''}", address, each


ROUTES = list(routes())


def test_hole_1_every_route_of_the_desk_takes_the_right_to_edit():
    assert len(ROUTES) > 100
    assert [
        name for name, _a, each in ROUTES if each.callback.door.takes("GET") != "magazine.edit"
    ] == []
    assert [
        name for name, _a, each in ROUTES if each.callback.door.takes("POST") != "magazine.edit"
    ] == []


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("who", ["visitor", "guest", "member", "expert", "curator"])
def test_hole_1_every_route_of_the_desk_is_absent_for_who_does_not_edit(
    rf, member, curator, who, method
):
    persons = {
        "visitor": AnonymousUser(),
        "guest": PersonFactory(),
        "member": member.person,
        "expert": PersonFactory(is_expert=True),
        "curator": curator,
    }
    judge = middleware.viewer(lambda _request: None).process_view
    request = getattr(rf, method.lower())(DESK)
    request.viewer = viewer_for(persons[who])
    for name, _address, each in ROUTES:
        if who == "curator":
            assert judge(request, each.callback, (), {}) is None, name
        else:
            with pytest.raises(Http404):
                judge(request, each.callback, (), {})


def test_hole_1_what_is_not_named_answers_nobody(rf):
    """Pages, sites, users, groups, reports, the API, Wagtail's own sign-in and passwords."""
    open_ones = {name.partition(":")[0] for name, _a, _e in ROUTES if door.answers(name)}
    assert {
        "wagtailadmin_api", "wagtailusers_groups", "wagtailadmin_pages", "wagtailadmin_login",
        "wagtailadmin_collections", "wagtailadmin_reports", "wagtailadmin_account", "wagtail_bulk_action",
    } & open_ones == set()  # fmt: skip
    for name, _address, each in ROUTES:
        if not door.answers(name) and name != "wagtailadmin_choose_page":
            with pytest.raises(Http404):
                each.callback(rf.get(DESK))


def test_an_editor_finds_her_screens(client, curator, issue):
    client.force_login(curator)
    article = Article.objects.get(slug="closed")
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailsnippets_magazine_article:list"),
        reverse("wagtailsnippets_magazine_article:add"),
        reverse("wagtailsnippets_magazine_article:edit", args=[article.pk]),
        reverse("wagtailsnippets_magazine_article:history", args=[article.pk]),
        reverse("wagtailsnippets_magazine_issue:edit", args=[issue.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtailimages_chooser:choose"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy


def test_the_preview_may_be_framed_by_the_desk_alone(client, curator, issue):
    client.force_login(curator)
    article = Article.objects.get(slug="draft")
    answer = client.get(
        reverse("wagtailsnippets_magazine_article:preview_on_edit", args=[article.pk]),
        {"in_preview_panel": "true"},
    )
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("script", "is_allowed"),
    [
        ('new ImageChooser("id_cover", {"modalUrl": "/x/"});', True),
        ('initDateChooser("id_month", {"format": "Y-m-d"});', True),
        ("alert(1)", False),
        ('initDateChooser("id_month", {"a": alert(1)});', False),
        ('initDateChooser("id_month", {}); alert(1); f({});', False),
    ],
)
def test_only_calls_that_begin_a_widget_run(script, is_allowed):
    assert bool(door.own_scripts(f"<p><script>{script}</script></p>")) == is_allowed


def test_pictures_ask_the_table_of_rights():
    assert isinstance(image_views.permission_policy, PicturePolicy)


def test_a_second_editor_approves_and_nobody_her_own(curator, office, issue):
    article = Article.objects.get(slug="draft")
    article.save_revision(user=curator)
    state = Workflow.objects.get().start(article, curator)
    task = state.current_task_state.task.specific
    assert task.get_actions(article, curator) == []
    assert [name for name, *_rest in task.get_actions(article, office)][-1] == "approve"
    assert list(task.get_task_states_user_can_moderate(curator)) == []
    assert list(task.get_task_states_user_can_moderate(office)) == [state.current_task_state]

    state.current_task_state.approve(user=office)
    article.refresh_from_db()
    assert article.live


def test_what_is_scheduled_goes_out_by_itself_once(
    office, issue, django_capture_on_commit_callbacks
):
    draft = Issue.objects.create(number=8, month=issue.month, title="Later", live=False)
    draft.go_live_at = timezone.now() - timezone.timedelta(minutes=1)
    revision = draft.save_revision(user=office)
    revision.approved_go_live_at = draft.go_live_at
    revision.save()
    call_command("publish_scheduled")
    draft.refresh_from_db()
    assert draft.live
    assert draft.mailed_at is not None


def test_the_database_keeps_an_article_without_an_issue_from_going_out(db):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.create(title="Lost", slug="lost", live=True)


def test_wagtail_writes_what_it_may_and_no_more(curator, member):
    assert curator.has_perm("magazine.publish_article")
    assert not curator.has_perm("auth.change_group")
    assert not curator.has_perm("people.change_person")
    assert not member.person.has_perm("wagtailadmin.access_admin")
    assert json.dumps(sorted(curator.get_all_permissions()))


def test_an_editor_looks_for_issues_and_articles_by_their_words(client, curator, issue):
    client.force_login(curator)
    articles = reverse("wagtailsnippets_magazine_article:list")
    found = client.get(articles, {"q": "zzopen"}).content.decode()
    assert "The zzopen story" in found
    assert "The zzclosed story" not in found
    issues = client.get(reverse("wagtailsnippets_magazine_issue:list"), {"q": "What moved"})
    assert "What moved" in issues.content.decode()


# Wagtail makes a size in a temporary file and leaves it to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_editor_looks_for_pictures_by_their_words(client, curator, picture):
    client.force_login(curator)
    for name in (
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtailimages_chooser:choose",
    ):
        found = client.get(reverse(name), {"q": picture.title[:5]})
        assert picture.title in found.content.decode(), name
        missed = client.get(reverse(name), {"q": "zzabsent"})
        assert missed.status_code == 200
        assert picture.title not in missed.content.decode(), name


def test_the_lists_say_how_far_each_is(client, curator, issue):
    client.force_login(curator)
    Article.objects.filter(slug="draft").first().save_revision(user=curator).publish(user=curator)
    Article.objects.create(issue=issue, title="A later one", slug="later", live=False)
    page = client.get(reverse("wagtailsnippets_magazine_article:list")).content.decode()
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[1:]
    told = {row.split('_title">')[1].split("<")[0]: to_text(row).split()[-1] for row in rows}
    assert told == {
        "The zzopen story": "Out", "The zzclosed story": "Out", "The zzdraft story": "Out", "A later one": "Draft",
    }  # fmt: skip
    page = client.get(reverse("wagtailsnippets_magazine_issue:list")).content.decode()
    assert "Free sample" not in page
    assert "False" not in to_text(page)
    Issue.objects.filter(pk=issue.pk).update(is_sample=True)
    assert (
        "Free sample" in client.get(reverse("wagtailsnippets_magazine_issue:list")).content.decode()
    )


HUGE = "9" * 26
TYPED = (
    "p", "q", "ordering", "per_page", "collection_id", "tag", "issue", "audience", "live", "export", "user",
    "action", "timestamp_from", "timestamp_to", "parent_page_id", "select_format", "multiple", "mode", "next",
)  # fmt: skip


@pytest.mark.parametrize("typed", ["nonsense", HUGE, "-1", "%C2%B2", "2026-13-45"])
def test_nonsense_in_an_address_is_nowhere_and_breaks_nothing(client, curator, issue, typed):
    client.force_login(curator)
    asked = "&".join(f"{name}={typed}" for name in TYPED)
    told = {}
    for name, address, _each in ROUTES:
        if door.answers(name) and "(?P" not in address:
            plain, ours = (
                re.sub(r"<[^>]+>", str(issue.pk), address),
                re.sub(r"<[^>]+>", typed, address),
            )
            for each in {f"{plain}?{asked}", ours}:
                told[each] = client.get(f"{DESK}{each}").status_code
    assert len(told) > 60
    assert {each: status for each, status in told.items() if status >= 500} == {}


@pytest.mark.parametrize(
    "address",
    [
        "choose-external-link/?parent_page_id=nonsense", "images/chooser/chosen/nonsense/",
        f"snippets/magazine/issue/history/{{pk}}/?user={HUGE}",
    ],
)  # fmt: skip
def test_what_wagtail_stumbles_over_looks_absent(client, curator, issue, address):
    client.force_login(curator)
    issue.save_revision(user=curator).publish(
        user=curator
    )  # so that its history has a person to ask for
    # PostgreSQL counts so far, and finds that nobody has that number.
    absent = {200, 404} if HUGE in address else {404}
    assert client.get(DESK + address.format(pk=issue.pk)).status_code in absent


# Wagtail makes a size in a temporary file and leaves it to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_words_are_looked_for_among_the_pictures_of_a_tag(client, curator, picture):
    client.force_login(curator)
    picture.tags.add("harbour")
    for words, is_found in (("quay", True), ("tunnel", False)):
        page = client.get(
            reverse("wagtailimages_chooser:choose_results"), {"q": words, "tag": "harbour"}
        )
        assert ("A quay" in page.content.decode()) == is_found


@pytest.mark.parametrize("odd", ["\0", "\ud83d"], ids=["nul", "half-a-letter"])
def test_what_no_database_keeps_is_not_kept_from_long_texts(client, curator, issue, odd):
    """The desk's editor sends its text as JSON, where these stand written out in plain letters."""
    client.force_login(curator)
    article = Article.objects.get(slug="draft")
    send_article(client, article, typed=f"Before {odd}and after")
    send_issue(client, issue, note=f"Before {odd}and after")
    for thing in (article, issue):
        thing.refresh_from_db()
    assert "Before and after" in str(article.get_latest_revision_as_object().body)
    assert "Before and after" in issue.get_latest_revision_as_object().note
