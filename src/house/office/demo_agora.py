"""The demonstration's Agora: colleagues of more cities, and threads between them, written by us."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

import house.agora
from house.access.viewer import Viewer
from house.agora import actions
from house.agora.hiding import GivesAway
from house.agora.models import Answer, Comment, Helped, Post, Said, moment_for
from house.office.demo import DemoPerson, seed_person
from house.partners.models import Partnership, Seat
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.retrieval import outbox

# every row in this file: an operator seeds a demonstration

THREADS = Path(house.agora.__file__).parent / "demo" / "threads.toml"
_WHO = "asks and answers in the Agora (demonstration)"
PEERS = (
    DemoPerson(
        "laia@example.org", "Laia Ferrer", _WHO, "Inspector, tourist flats",
        "bcn", Seat.Kind.MEMBER, ("ca", "es", "en"), ("short-term-rental", "enforcement", "food-delivery"),
        "Fines that hold in court; registration numbers.", "Clauses for delivery work.", "Europe/Madrid",
    ),
    DemoPerson(
        "pieter@example.org", "Pieter Claeys", _WHO, "Commons officer",
        "gnt", Seat.Kind.MEMBER, ("nl", "fr", "en"), ("commons", "vacancy", "public-civic-partnership"),
        "Leases for empty ground floors; commons and subsidies.", "Lighter rules for small grants.",
        "Europe/Brussels",
    ),
    DemoPerson(
        "freja@example.org", "Freja Lund", _WHO, "Street space planner",
        "cph", Seat.Kind.MEMBER, ("da", "sv", "en"), ("shared-micromobility", "repair", "public-space"),
        "Painting and moving parking bays; repair weeks.", "Ending things decently.", "Europe/Copenhagen",
    ),
    DemoPerson(
        "grace@example.org", "Grace Okafor", _WHO, "Manager, data agreements",
        "tor", Seat.Kind.MEMBER, ("en", "fr"), ("mobility-data", "data-sharing", "bike-sharing"),
        "Data clauses in agreements with platforms.", "Cities that write one clause together.",
        "America/Toronto",
    ),
)  # fmt: skip


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    cities = {row.city for row in PEERS}
    if Partnership.objects.filter(city__in=cities, is_demonstration=True).count() < len(cities):
        return
    for row in PEERS:
        seed_person(row)
    with outbox.held():
        for told in tomllib.loads(THREADS.read_text())["thread"]:
            if not Post.objects.filter(title=told["title"], is_demonstration=True).exists():
                _seed_thread(told)


def _unwrapped(text: str) -> str:
    """The file is wrapped for who reads it there; in a thread a line ends where its writer ended it."""
    return re.sub(r"(?<=\S)\n(?! *- | *\d+\. |\n)\s*(?=\S)", " ", text)


@transaction.atomic
def _seed_thread(told: dict[str, Any]) -> None:
    by = _viewer(told["by"])
    post = _knowingly(
        actions.write_post, told["kind"], told["title"], _unwrapped(told["body"]), by=by,
        candour=told["candour"], described_as=_described(told), topics=told["topics"],
        audience=told.get("audience", "alliance"), language=told.get("language", "en"),
    )  # fmt: skip
    Post.objects.filter(pk=post.pk).update(is_demonstration=True)
    _long_ago(post, told)
    answers = [_seed_answer(post, row) for row in told.get("answer", [])]
    for row in told.get("comment", []):
        on = answers[row["on"]] if "on" in row else None
        said = _knowingly(
            actions.comment, post, _unwrapped(row["body"]), by=_viewer(row["by"]), answer=on,
            candour=row["candour"],
        )  # fmt: skip
        _long_ago(said, row)
    for row in told.get("helped", []):
        on = answers[row["on"]] if "on" in row else None
        _long_ago(
            actions.say_it_helped(post, _unwrapped(row["body"]), by=_viewer(row["by"]), answer=on),
            row,
        )
    for row, said in zip(told.get("answer", []), answers, strict=True):
        if row.get("accepted"):
            actions.accept_answer(said, by=by)


def _seed_answer(post: Post, row: dict[str, Any]) -> Answer:
    said: Answer = _knowingly(
        actions.answer, post, _unwrapped(row["body"]), by=_viewer(row["by"]), candour=row["candour"],
        described_as=_described(row),
    )  # fmt: skip
    _long_ago(said, row)
    return said


def _described(row: dict[str, Any]) -> str:
    return "A city in Europe" if row["candour"] == "described" else ""


def _knowingly(act: Any, *args: Any, **kwargs: Any) -> Any:
    """As somebody who has read the warnings: in a small demonstration a language alone is one."""
    try:
        with transaction.atomic():
            return act(*args, **kwargs)
    except GivesAway as warned:
        return act(*args, **kwargs, despite=warned.digest)


def _viewer(email: str) -> Viewer:
    return viewer_for(Person.objects.get(email=email))


def _long_ago(said: Said, row: dict[str, Any]) -> None:
    """Threads of a demonstration did not all begin this minute. An odd hour, so that none looks typed."""
    at = timezone.now() - datetime.timedelta(days=row["days"], minutes=37 * len(row["body"]) % 600)
    model: type[Post | Answer | Comment | Helped] = type(said)  # type: ignore[assignment]
    model.objects.filter(pk=said.pk).update(published_at=moment_for(said.candour, at))
