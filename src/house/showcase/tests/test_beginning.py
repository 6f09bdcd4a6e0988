"""A showcase begins with an entry, and never tells what the entry hides."""

import pytest

from house.access.audience import Audience
from house.access.viewer import VISITOR
from house.ground.errors import Forbidden, Refused
from house.memory.showing import shelf
from house.partners.viewing import viewer_for
from house.showcase import actions
from tests.factories import EntryFactory, PersonFactory

FIELDS = {"challenge": "<p>What the canary met. It was " + "long " * 20 + "ago.</p>"}


def entry_of(seated, title, **facts):
    return EntryFactory(
        title=title, city=seated.city, fields=FIELDS, **{"author": seated.person, **facts}
    )


@pytest.mark.django_db
def test_only_own_and_named_entries_are_offered(member, neighbour, by):
    colleague = PersonFactory(city=member.city)
    offered = [
        entry_of(member, "mine-inside", audience=Audience.ALLIANCE),
        entry_of(member, "colleagues-public", author=colleague),
    ]
    hidden = [
        entry_of(member, "sealed", candour="sealed"),
        entry_of(member, "described", candour="described", described_as="A port"),
        entry_of(member, "colleagues-inside", author=colleague, audience=Audience.ALLIANCE),
        entry_of(member, "draft", state="draft"),
        entry_of(neighbour, "theirs"),
    ]
    assert {each.slug for each in shelf().offered(by)} == {entry.slug for entry in offered}
    for entry in hidden:
        with pytest.raises(Refused, match="can't be shown"):
            actions.begin(by=by, city=member.city_id, entry=entry.slug)


@pytest.mark.django_db
def test_its_text_is_copied_without_its_author(member, by, client):
    entry = entry_of(member, "The shed", candour="city")
    made = actions.begin(by=by, city=member.city_id, entry=entry.slug)
    assert "What the canary met" in made.draft["text"]
    shown = actions.publish(made, by=by)
    page = client.get(shown.get_absolute_url()).content.decode()
    assert entry.get_absolute_url() in page
    assert member.person.name not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"candour": "sealed", "shown_city": None},
        {"candour": "described", "shown_city": None},
        {"audience": Audience.ALLIANCE},
        {"state": "withdrawn"},
    ],
    ids=["sealed", "described", "inside", "withdrawn"],
)
def test_what_an_entry_hides_later_no_showcase_leads_back_to(member, by, client, change):
    entry = entry_of(member, "The shed")
    shown = actions.publish(actions.begin(by=by, city=member.city_id, entry=entry.slug), by=by)
    assert entry.get_absolute_url() in client.get(shown.get_absolute_url()).content.decode()
    for column, value in change.items():
        setattr(entry, column, value)
    entry.save()
    page = client.get(shown.get_absolute_url()).content.decode()
    assert entry.get_absolute_url() not in page
    assert shelf().links([entry.pk], VISITOR) == {}


@pytest.mark.django_db
def test_an_associate_and_a_visitor_begin_nothing(associate, member):
    for viewer, city in ((viewer_for(associate.person), associate.city_id), (VISITOR, "aaa")):
        with pytest.raises(Forbidden):
            actions.begin(by=viewer, city=city)
    with pytest.raises(Refused, match="hold a seat"):
        actions.begin(by=viewer_for(member.person), city="elsewhere")
