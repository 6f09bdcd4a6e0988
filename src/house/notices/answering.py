"""Answers by mail to notices: a room registers what an answer to one of its things becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db.models import Model

from house.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody wrote back: plain text without quotes and signature. One mail has one `key`."""

    text: str
    key: str
    files: Sequence[File[bytes]] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """`answer` posts as the viewer and gives the path of it; it raises `Refused` as any action does."""

    kind: str
    model: type[Model]
    answer: Callable[[Model, Viewer, Reply], str]


_doors: dict[str, Door] = {}


def register(door: Door) -> None:
    _doors[door.kind] = door


def door_for(kind: str) -> Door | None:
    return _doors.get(kind)


def door_of(model: type[Model]) -> Door | None:
    """Where answers to a thing of this sort go."""
    return next((door for door in _doors.values() if door.model is model), None)
