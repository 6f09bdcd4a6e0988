import pytest

from house.access.models import JournalRow
from house.access.viewer import VISITOR
from house.alex import actions
from house.alex.actions.reviewing import Incomplete
from house.alex.models import Contact, Draft, DraftCopy, Entry, ReviewNote, State, Version
from house.alex.tests.texts import case, looking
from house.ground.errors import Forbidden, Gone, Refused
from house.retrieval.models import OutboxRow
from tests.factories import CityFactory, EntryFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(member):
    return actions.create_entry("case_study", by=looking(member), content=case())


@pytest.fixture
def submitted(written, member):
    return actions.submit_entry(written, by=looking(member))


@pytest.fixture
def published(submitted, curator):
    return actions.publish_entry(submitted, by=looking(curator))


def seen_by(*people):
    return [Entry.objects.visible_to(looking(person)).exists() for person in people]


def test_a_draft_is_its_authors_alone(written, member, neighbour, curator, office):
    assert written.state == State.DRAFT
    assert seen_by(member, neighbour, curator, office) == [True, False, False, False]


def test_who_may_not_write_is_told_what_would_allow_it(associate):
    with pytest.raises(Forbidden) as refusal:
        actions.create_entry("case_study", by=looking(associate), content=case())
    assert "Partner" in refusal.value.remedy
    with pytest.raises(Forbidden):
        actions.create_entry("case_study", by=VISITOR)


def test_an_unfinished_text_is_not_handed_in_and_says_where(member):
    entry = actions.create_entry("case_study", by=looking(member), content={"title": "Half"})
    with pytest.raises(Incomplete) as refusal:
        actions.submit_entry(entry, by=looking(member))
    assert set(refusal.value.problems) == {
        "summary", "topics", "challenge", "approach", "outcome_story",
    }  # fmt: skip


def test_from_draft_to_reader(written, member, neighbour, curator):
    actions.submit_entry(written, by=looking(member))
    assert (written.state, *seen_by(curator, neighbour)) == (State.SUBMITTED, True, False)
    actions.take_into_review(written, by=looking(curator))
    assert written.state == State.IN_REVIEW
    actions.publish_entry(written, by=looking(curator))

    assert written.state == State.PUBLISHED
    assert seen_by(neighbour) == [True]
    assert written.slug == "bike-parking-that-filled-up"
    assert (written.current.number, written.current.author_id) == (1, member.person.pk)
    assert (written.review_by - written.published_at.date()).days in {365, 366}
    assert not Draft.objects.filter(entry=written).exists()


def test_each_step_is_in_the_journal_without_the_authors_name(published, curator):
    rows = JournalRow.objects.filter(object_id=published.pk).order_by("pk")
    assert [(row.act, row.person_id) for row in rows] == [
        ("alex.create", None),
        ("alex.submit", None),
        ("alex.publish", curator.pk),
    ]


def test_publishing_tells_search(written, member, curator):
    actions.submit_entry(written, by=looking(member))
    OutboxRow.objects.all().delete()
    actions.publish_entry(written, by=looking(curator))
    assert list(OutboxRow.objects.values_list("kind", "object_id")) == [("entry", written.pk)]


def test_steps_may_be_repeated(published, member, curator):
    actions.publish_entry(published, by=looking(curator))
    assert Version.objects.filter(entry=published).count() == 1
    actions.withdraw_entry(published, reason="Out of date.", by=looking(curator))
    actions.withdraw_entry(published, reason="Again.", by=looking(curator))
    assert ReviewNote.objects.filter(entry=published).count() == 1


def test_nobody_publishes_her_own_but_the_office_with_a_reason(curator, office):
    for person in (curator, office):
        entry = actions.create_entry("case_study", by=looking(person), content=case())
        actions.submit_entry(entry, by=looking(person))
    with pytest.raises(Forbidden):
        actions.publish_entry(Entry.objects.get(author=curator), by=looking(curator))
    own = Entry.objects.get(author=office)
    with pytest.raises(Refused, match="Say why"):
        actions.publish_entry(own, by=looking(office))
    actions.publish_entry(own, by=looking(office), reason="The curators are away.")
    assert JournalRow.objects.get(act="alex.publish").reason == "The curators are away."


def test_a_member_publishes_nothing(submitted, member, neighbour):
    for person in (member, neighbour):
        with pytest.raises(Forbidden):
            actions.publish_entry(submitted, by=looking(person))


def test_a_refusal_needs_a_reason_and_opens_the_draft_again(submitted, member, curator):
    with pytest.raises(Refused):
        actions.refuse_entry(submitted, reason="  ", by=looking(curator))
    actions.refuse_entry(submitted, reason="Where is the evidence?", by=looking(curator))
    assert submitted.state == State.DRAFT
    note = ReviewNote.objects.visible_to(looking(member)).get()
    assert (note.kind, note.text) == ("refusal", "Where is the evidence?")
    actions.submit_entry(submitted, by=looking(member))
    assert submitted.state == State.SUBMITTED


def test_curator_and_author_talk_and_readers_hear_nothing(submitted, member, neighbour, curator):
    actions.say(submitted, "Could you name the street?", by=looking(curator), anchor="approach")
    actions.say(submitted, "Yes, tomorrow.", by=looking(member))
    actions.publish_entry(submitted, by=looking(curator))
    talk = ReviewNote.objects.order_by("pk").values_list("side", "text")
    assert list(talk) == [
        ("reviewer", "Could you name the street?"),
        ("author", "Yes, tomorrow."),
    ]
    with pytest.raises(Forbidden):
        actions.say(submitted, "Me too.", by=looking(neighbour))
    assert not ReviewNote.objects.visible_to(looking(neighbour)).exists()
    assert not ReviewNote.objects.visible_to(VISITOR).exists()


def test_a_text_that_changed_under_the_curator_is_not_published(submitted, member, curator):
    read = Draft.objects.get(entry=submitted).revision
    actions.save_draft(submitted, case(title="Another title"), by=looking(member), revision=read)
    with pytest.raises(Refused, match="changed the text"):
        actions.publish_entry(submitted, by=looking(curator), revision=read)
    actions.publish_entry(submitted, by=looking(curator), revision=read + 1)
    assert submitted.title == "Another title"


def test_a_revision_is_hidden_until_it_is_published(published, member, neighbour, curator):
    draft = actions.revise_entry(published, by=looking(member))
    actions.save_draft(
        published, case(title="Second title"), by=looking(member), revision=draft.revision
    )
    actions.submit_entry(published, by=looking(member))
    assert (published.state, published.title) == (State.PUBLISHED, "Bike parking that filled up")
    assert not Draft.objects.visible_to(looking(neighbour)).exists()
    assert Draft.objects.visible_to(looking(curator)).exists()

    actions.publish_entry(published, by=looking(curator))
    assert (published.title, published.current.number) == ("Second title", 2)
    assert published.slug == "bike-parking-that-filled-up"  # addresses stay


def test_a_withdrawn_entry_looks_absent_and_can_come_back(published, member, neighbour, curator):
    actions.withdraw_entry(published, reason="The court ended it.", by=looking(member))
    assert seen_by(member, curator, neighbour) == [True, True, False]
    actions.revise_entry(published, by=looking(member))
    actions.submit_entry(published, by=looking(member))
    assert published.state == State.SUBMITTED
    actions.refuse_entry(published, reason="Not yet.", by=looking(curator))
    assert published.state == State.WITHDRAWN
    actions.submit_entry(published, by=looking(member))
    actions.publish_entry(published, by=looking(curator))
    assert seen_by(neighbour) == [True]


def test_restoring_makes_a_new_version_of_the_old_text(published, member, curator):
    actions.revise_entry(published, by=looking(member))
    actions.save_draft(published, case(title="Worse"), by=looking(member), revision=1)
    actions.submit_entry(published, by=looking(member))
    actions.publish_entry(published, by=looking(curator))

    actions.restore_version(published, 1, by=looking(member))
    versions = Version.objects.filter(entry=published).order_by("number")
    assert [version.title for version in versions] == [
        "Bike parking that filled up",
        "Worse",
        "Bike parking that filled up",
    ]
    assert (published.current.number, published.current.restored_from) == (3, 1)
    assert versions[0].digest == versions[2].digest


def test_what_was_said_to_fewer_is_not_restored_to_more(published, member, curator):
    actions.save_draft(published, case(audience="public"), by=looking(member), revision=1)
    actions.submit_entry(published, by=looking(member))
    actions.publish_entry(published, by=looking(curator))
    with pytest.raises(Refused, match="other readers"):
        actions.restore_version(published, 1, by=looking(member))
    assert [v.number for v in Version.objects.visible_to(VISITOR)] == [2]


def test_two_writers_lose_nothing(written, member):
    ours = looking(member)
    first = actions.save_draft(written, {"title": "From the train"}, by=ours, revision=1)
    second = actions.save_draft(written, {"title": "From the desk"}, by=ours, revision=1)
    assert first.copy is None
    assert second.draft.content["title"] == "From the desk"
    assert second.copy.content["title"] == "From the train"
    assert second.copy.keys == ["title"]
    third = actions.save_draft(
        written, {"title": "From the desk"}, by=ours, revision=second.draft.revision
    )
    assert third.copy is None
    assert DraftCopy.objects.count() == 1


def test_a_draft_keeps_what_is_not_yet_right(written, member):
    saved = actions.save_draft(
        written,
        {"period_from": "spring", "fields": {"cost": "dunno"}, "audience": "city", "city": ""},
        by=looking(member),
        revision=1,
    )
    assert saved.draft.content["period_from"] == "spring"
    written.refresh_from_db()
    assert (written.period_from, written.audience) == (None, "private")


def test_a_writer_speaks_only_for_her_own_city(written, member, neighbour):
    colleague = SeatFactory(partnership=member.seat.partnership)
    saved = actions.save_draft(
        written,
        {
            "city": neighbour.city_id,
            "owner_seat": neighbour.seat.code,
            "contacts": [
                {"person": neighbour.person.code, "about": "x"},
                {"person": colleague.person.code, "about": "bays"},
            ],
        },
        by=looking(member),
        revision=1,
    )
    content = saved.draft.content
    assert (content["city"], content["owner_seat"]) == (member.city_id, "")
    assert [row["person"] for row in content["contacts"]] == [colleague.person.code]


def test_a_described_city_is_not_named_in_its_description(member):
    CityFactory(code="zzz", name="Zandvoort")
    entry = actions.create_entry(
        "case_study",
        by=looking(member),
        content=case(candour="described", described_as="A beach town like Zandvoort"),
    )
    with pytest.raises(Incomplete) as refusal:
        actions.submit_entry(entry, by=looking(member))
    assert set(refusal.value.problems) == {"described_as"}


@pytest.mark.parametrize(
    ("description", "is_enough"), [("A Danish city", False), ("A city that cycles", True)]
)
def test_a_description_must_fit_three_partner_cities(
    member, neighbour, associate, description, is_enough
):
    told = case(candour="described", described_as=description)
    entry = actions.create_entry("case_study", by=looking(member), content=told)
    if is_enough:
        assert actions.submit_entry(entry, by=looking(member)).state == State.SUBMITTED
        return
    with pytest.raises(Incomplete, match="missing") as refusal:
        actions.submit_entry(entry, by=looking(member))
    assert "at least 3" in refusal.value.problems["described_as"]


@pytest.mark.parametrize("candour", ["described", "sealed"])
def test_no_public_column_tells_a_hidden_city(member, curator, candour):
    text = case(candour=candour, described_as="A port city", owner_role="Head of bikes, Aaa")
    entry = actions.create_entry("case_study", by=looking(member), content=text)
    actions.submit_entry(entry, by=looking(member))
    actions.publish_entry(entry, by=looking(curator))
    assert entry.shown_city_id is None
    told = entry.credit()
    assert (told.name, told.city_slug) == ("", "")
    assert member.city.name not in told.city


def test_contacts_appear_with_the_version_that_names_them(published, member, neighbour, curator):
    colleague = SeatFactory(partnership=member.seat.partnership)
    contacts = [{"person": colleague.person.code, "about": "the bays"}]
    actions.save_draft(published, {"contacts": contacts}, by=looking(member), revision=1)
    assert not Contact.objects.exists()
    actions.submit_entry(published, by=looking(member))
    actions.publish_entry(published, by=looking(curator))
    assert Contact.objects.visible_to(looking(neighbour)).get().person == colleague.person


def test_who_keeps_her_name_back_is_no_contact(member, curator):
    herself = [{"person": member.person.code, "about": ""}]
    told = case(candour="city", contacts=herself)
    entry = actions.create_entry("case_study", by=looking(member), content=told)
    with pytest.raises(Incomplete) as refusal:
        actions.submit_entry(entry, by=looking(member))
    assert set(refusal.value.problems) == {"contacts"}
    taken = actions.take_in("demo", "case_study", told, by=looking(curator), author=member.person)
    assert (taken.result, Contact.objects.count()) == ("created", 0)


def test_the_seat_inherits_what_its_holder_wrote(member, curator):
    seat = SeatFactory(partnership=member.seat.partnership)
    entry = EntryFactory(author=PersonFactory(), city=member.city, owner_seat=seat)
    draft = actions.revise_entry(entry, by=looking(seat.person))
    assert draft.content["title"] == entry.title
    with pytest.raises(Forbidden):
        actions.revise_entry(entry, by=looking(member))


def test_a_discarded_first_draft_is_gone_and_a_revision_leaves_its_entry(written, member, curator):
    assert actions.discard_draft(written, by=looking(member)) is None
    assert not Entry.objects.exists()
    entry = actions.create_entry("case_study", by=looking(member), content=case())
    actions.submit_entry(entry, by=looking(member))
    actions.publish_entry(entry, by=looking(curator))
    actions.revise_entry(entry, by=looking(member))
    actions.discard_draft(entry, by=looking(member))
    assert (entry.state, Draft.objects.count()) == (State.PUBLISHED, 0)


def test_what_is_thrown_away_between_a_look_and_a_save_is_told(written, member):
    actions.discard_draft(Entry.objects.get(), by=looking(member))
    with pytest.raises(Gone):
        actions.save_draft(written, {"title": "x"}, by=looking(member), revision=1)
