"""The demonstration's radar: invented sources with addresses that lead nowhere, and what they tell.

Everything is written by us and marked; no source is ever asked. The stories are put together by the same
rules as real ones: some are told by several sources, in other words or another language.
"""

import datetime
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

import house.radar
from house.ground.html import paragraphs
from house.partners.viewing import operator
from house.radar import actions
from house.radar.models import Item, Source
from house.radar.reading import Entry, Feed
from house.radar.settling import settle

# every row in this file: an operator seeds a demonstration

# key, name, language
DATA = Path(house.radar.__file__).parent / "demo" / "radar.json"


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    if Source.objects.filter(is_demonstration=True).exists():
        return
    now, told = timezone.now(), json.loads(DATA.read_text(encoding="utf-8"))
    for row in told["sources"]:
        site = f"https://{row['key']}.example/"
        source = Source.objects.create(
            name=row["name"], url=f"{site}feed.xml", site=site, language=row["language"],
            is_demonstration=True,
        )  # fmt: skip
        mine = [each for each in told["told"] if each["source"] == row["key"]]
        entries = tuple(_entry(each, site, row["language"], now) for each in mine)
        settle(source, Feed(row["name"], site, row["language"], entries), now)
    for row in told["picked"]:
        item = Item.objects.select_related("story").get(url__endswith=f"/{row['slug']}/")
        note, audience = row["note"], row["audience"]
        actions.pick(item.story, by=operator(), note=note, language="en", audience=audience)


def _entry(row: dict[str, Any], site: str, language: str, now: datetime.datetime) -> Entry:
    return Entry(
        key=row["slug"],
        title=row["title"],
        url=f"{site}{row['slug']}/",
        author="",
        summary=paragraphs(row["summary"]),
        published_at=now - datetime.timedelta(days=row["days"], minutes=len(row["title"])),
        language=language,
    )
