"""What every room holds is found on the one page of search, by programs and while somebody types."""

import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from house.agora.models import Post
from house.atlas.clauses.models import Clause
from house.atlas.clauses.tests.conftest import by, clause_of, curator  # noqa: F401 -- fixtures
from house.atlas.initiatives.models import Initiative
from house.atlas.initiatives.tests.making import make_initiative
from house.gatherings.market import actions as market
from house.gatherings.market.actions import Wish
from house.gatherings.tests.making import make_event
from house.groups.actions import save_page
from house.groups.tests.made import make
from house.magazine.models import Article, Issue
from house.partners.viewing import viewer_for
from house.people.tokens import issue_token
from house.radar.tests.making import make_story
from house.retrieval import outbox
from house.retrieval.sources import registered
from house.showcase import actions as showcase
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
WORDS = "Counting undocked bicycles"


@pytest.fixture
def found(settings, member, neighbour, clause_of):  # noqa: F811 -- the fixture
    """One of everything, each called by the same words: kind → what it is called in a list."""
    settings.EMBEDDINGS_URL = "none"
    by = viewer_for(member.person)  # noqa: F811
    entry = EntryFactory(title=WORDS, audience="public", state="published")
    post = Post.objects.create(
        kind="question", title=WORDS, author=member.person, city=member.city, state="open", body=WORDS,
        html=f"<p>{WORDS}</p>", audience="alliance", candour="city", published_at=timezone.now(),
    )  # fmt: skip
    market.suggest_topic(Wish(f"{WORDS}?", "seminar"), by=by)
    group = make(member, neighbour, name=WORDS, audience="alliance")
    save_page(group, f"<p>{WORDS}</p>", by=by, based_on=0)
    event = make_event(title=WORDS, slug="undocked")
    shown = showcase.begin(by=by, city=member.city_id)
    text = f"<p>{WORDS}. {'What we count, we can ask others to put away. ' * 4}</p>"
    told = {"title": WORDS, "summary": WORDS, "text": text}
    showcase.publish(showcase.save_draft(shown, told, by=by, revision=0), by=by)
    issue = Issue.objects.create(number=1, month="2026-01-01", title="What moved", live=True)
    article = Article.objects.create(
        issue=issue, title=WORDS, slug="undocked", audience="public", live=True,
        body=[{"type": "text", "value": f"<p>{WORDS}</p>"}],
    )  # fmt: skip
    story = make_story(WORDS, state="picked", note="Worth reading.", picked_at=timezone.now())
    initiative = make_initiative(WORDS, description=f"{WORDS} on every street, each Saturday.")
    clause = clause_of(quote=f"{WORDS} is a duty.")
    made = {
        "entry": entry, "post": post, "event": event, "article": article, "story": story,
        "initiative": initiative, "clause": clause,
    }  # fmt: skip
    for kind, thing in made.items():
        outbox.touch(kind, thing.pk)
    outbox.drain()
    kinds = {source.kind for source in registered()}
    return dict.fromkeys(kinds, WORDS) | {"suggestion": f"{WORDS}?", "clause": str(clause)}


def test_everything_is_found_and_led_to(client, found, neighbour):
    client.force_login(neighbour.person)
    page = client.get(reverse("front:search"), {"q": WORDS}).text
    for title in found.values():
        assert title in page
    for model in (Initiative, Clause, Article, Post):
        assert f'href="{model.objects.get().get_absolute_url()}"' in page


def test_programs_find_everything(client, found, neighbour):
    headers = {"Authorization": f"Bearer {issue_token(neighbour.person)}"}
    rows = client.get("/api/v1/search", {"q": WORDS}, headers=headers).json()["items"]
    own = {"entry": "case_study", "post": "question", "group-page": "group"}
    told = {(row["kind"], row["title"]) for row in rows}
    assert told == {(own.get(kind, kind), title) for kind, title in found.items()}
    assert all(row["id"] for row in rows)
    out = io.StringIO()
    call_command(
        "search", WORDS, "--json", "--limit", "20", "--as", neighbour.person.email, stdout=out
    )
    assert {row["title"] for row in json.loads(out.getvalue())["items"]} == set(found.values())


def test_everything_is_offered_while_somebody_types(client, found, neighbour):
    client.force_login(neighbour.person)
    typed = client.get(reverse("front:suggest"), {"q": "undocked bicycles"})
    assert {row["label"] for row in typed.json()["items"]} <= set(found.values())
    assert len(typed.json()["items"]) == 6
