"""The demonstration's issues as drafts become pages: read from `issues.toml`, published like any other."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from house.access.viewer import Viewer
from house.magazine.models import Article, Issue
from house.retrieval import sources
from house.vocabulary.models import City, Topic

# every row in this file: an operator seeds a demonstration

_FILE = Path(__file__).parent / "issues.toml"


def seed(by: Viewer) -> None:
    """Repeating it changes nothing that stands."""
    for told in tomllib.loads(_FILE.read_text(encoding="utf-8"))["issue"]:
        if not Issue.objects.filter(number=told["number"]).exists():
            _issue(told, by)


def month_before(day: datetime.date, months: int) -> datetime.date:
    place = day.year * 12 + day.month - 1 - months
    return datetime.date(place // 12, place % 12 + 1, 1)


def _issue(told: dict[str, Any], by: Viewer) -> None:
    issue = Issue.objects.create(
        number=told["number"],
        month=month_before(timezone.localdate(), told["months_ago"]),
        title=told["title"],
        note=told["note"].strip(),
        note_by=told["note_by"],
        is_sample=told.get("is_sample", False),
        is_demonstration=True,
        live=False,
        sections=[
            {"type": "section", "value": {"name": name, "line": line}}
            for name, line in told["sections"]
        ],
    )
    for place, each in enumerate(told["article"], 1):
        article = _article(issue, place, each, by)
        article.save_revision(log_action=False).publish(log_action=False)
    issue.save_revision(log_action=False).publish(log_action=False)
    _dated(issue)


def _dated(issue: Issue) -> None:
    """As if each had gone out on the fifth of its month."""
    day = datetime.datetime.combine(issue.month.replace(day=5), datetime.time(8), datetime.UTC)
    Issue.objects.filter(pk=issue.pk).update(first_published_at=day)
    Article.objects.filter(issue=issue).update(first_published_at=day)


def _article(issue: Issue, place: int, each: dict[str, Any], by: Viewer) -> Article:
    entry = _entry(each["entry"])
    article = Article(
        issue=issue,
        section=each["section"],
        position=place,
        title=each["title"],
        slug=each["slug"],
        teaser=each["teaser"],
        byline="The editors of the demonstration",
        licence="CC BY-SA 4.0",
        audience=each["audience"],
        is_demonstration=True,
        live=False,
        source_kind="entry" if entry else "",
        source_key=entry.pk if entry else None,
        body=[
            _block(block, entry) for block in each["blocks"] if entry or block["kind"] != "entry"
        ],
    )
    article.save()
    article.cities = list(City.objects.filter(pk__in=each.get("cities", [])))
    article.topics = list(Topic.objects.filter(pk__in=each.get("topics", [])))
    article.save()
    return article


def _entry(key: str) -> Any:
    """The entry of the demonstration that it retells, where the lexicon was seeded before."""
    entries = sources.source_for("entry").model.objects
    return entries.filter(source_id=f"demonstration:{key}").first()


def _block(block: dict[str, Any], entry: Any) -> dict[str, Any]:
    address = entry.get_absolute_url() if entry else ""
    value: Any
    match block["kind"]:
        case "text":
            value = block["html"]
        case "quote":
            value = {"text": block["text"], "credit": block["credit"], "source": address}
        case "figure":
            value = {"link": "", **{name: block[name] for name in block if name != "kind"}}
        case "map":
            value = {"cities": block["cities"], "caption": block["caption"]}
        case _:
            value = {"path": address, "why": block["why"]}
    return {"type": block["kind"], "value": value}
