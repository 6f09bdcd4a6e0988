import datetime

import pytest

from house.access.viewer import VISITOR, Viewer
from house.memory import tellers
from house.memory.tellers import Tellable, Teller

NOW = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)


@pytest.fixture
def two_rooms(monkeypatch):
    """One that tells a public and an inner thing, one that takes a capability."""
    monkeypatch.setattr(tellers, "_tellers", {})

    def open_room(since, until, viewer):
        yield Tellable("a", 1, "new", "For all", "/a/1/", NOW)
        if "alliance" in viewer.tokens:
            yield Tellable("a", 2, "new", "For us", "/a/2/", NOW + datetime.timedelta(hours=1))

    def closed_room(since, until, viewer):
        if viewer.can("radar.read"):
            yield Tellable("b", 1, "outside", "Outside", "/b/1/", NOW)

    tellers.register(Teller("a", "A", ("new",), "", open_room))
    tellers.register(Teller("b", "B", ("outside",), "radar.read", closed_room))


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        (VISITOR, [("a", 1)]),
        (Viewer(is_member=True), [("a", 2), ("a", 1)]),
        ("reader", [("a", 2), ("b", 1), ("a", 1)]),
    ],
)
def test_each_is_told_what_she_may_read(two_rooms, viewer, expected):
    who = tellers.reader() if viewer == "reader" else viewer

    told = tellers.told(NOW, NOW + datetime.timedelta(days=30), who)

    assert [thing.name for thing in told] == expected


def test_the_reader_is_nobody_of_the_office(two_rooms):
    assert not tellers.reader().is_staff
    assert tellers.reader().capabilities == {"magazine.read", "radar.read"}
