import datetime

import pytest
from django.utils import timezone

from house.access.models import JournalRow
from house.access.viewer import VISITOR
from house.alex import actions as alex
from house.alex.models import Draft, Entry, Said
from house.ground.errors import Forbidden, Refused
from house.memory import actions
from house.memory.models import Consent, NeverAsk, Offer, OfferedSpan
from house.memory.queries import entries_of, thanks_of
from house.notices.happenings import kind_of
from house.notices.models import Letter, Notice
from house.partners.viewing import viewer_for
from house.people import erasure


def agree(talk, *persons, **facts):
    for person in persons:
        actions.give_consent(talk.consent(person), by=viewer_for(person), **facts)


def entry_of(offer):
    offer.refresh_from_db()
    return Entry.objects.get(pk=offer.entry)


def text_of(entry):
    return str(Draft.objects.get(entry=entry).content)


def test_everybody_whose_words_it_uses_is_asked_first(talk):
    offer = talk.offer()

    assert offer.state == Offer.State.ASKING
    assert offer.entry is None
    assert {(one.person, one.answer) for one in Consent.objects.all()} == {
        (talk.asker, "given"), (talk.first, ""), (talk.second, ""),
    }  # fmt: skip
    assert set(Letter.objects.values_list("kind", "person")) == {
        ("memory.consent", talk.first.pk), ("memory.consent", talk.second.pk),
    }  # fmt: skip
    assert talk.offer() == offer
    assert Offer.objects.count() == 1


def test_what_they_agree_to_waits_in_the_curators_queue(talk, curator):
    offer = talk.offer()
    agree(talk, talk.first, talk.second)

    entry = entry_of(offer)
    draft = Draft.objects.visible_to(viewer_for(curator)).get(entry=entry)

    assert (offer.state, entry.state, draft.state) == ("taken", "submitted", "submitted")
    assert (entry.kind, entry.author, entry.candour) == ("case_study", talk.asker, "city")
    assert draft.content["title"] == "Bikes in the way"
    assert draft.content["fields"]["approach"] == (
        "<p>We drew parking zones.</p><p>We fined the operators.</p>"
    )
    assert list(alex.reviewing.problems(entry.kind, draft.content)) == []
    assert [(row.field, row.text, row.thing) for row in Said.objects.filter(field="approach")] == [
        ("approach", "We drew parking zones.", talk.thing.pk),
        ("approach", "We fined the operators.", talk.thing.pk),
    ]


def test_what_somebody_keeps_back_is_left_out_and_she_is_not_named(talk):
    offer = talk.offer()
    agree(talk, talk.first)
    actions.refuse_consent(talk.consent(talk.second), by=viewer_for(talk.second))

    entry = entry_of(offer)

    assert "We drew" in text_of(entry)
    assert "fined" not in text_of(entry)
    assert not Said.objects.filter(text__contains="fined").exists()
    assert [(one.name, one.what) for one in thanks_of(entry.pk)] == [
        (talk.first.name, "Gave the accepted answer")
    ]


def test_silence_is_not_consent(talk):
    offer = talk.offer()
    agree(talk, talk.first)
    assert actions.close_unanswered() == 0
    Offer.objects.update(answers_until=timezone.now() - datetime.timedelta(minutes=1))

    assert actions.close_unanswered() == 1

    assert "fined" not in text_of(entry_of(offer))
    assert talk.consent(talk.second).answer == "silent"
    assert actions.close_unanswered() == 0


def test_who_changes_her_mind_before_it_is_published_is_taken_out(talk):
    offer = talk.offer()
    agree(talk, talk.first, talk.second)
    entry = entry_of(offer)

    actions.refuse_consent(talk.consent(talk.second), by=viewer_for(talk.second))
    assert "fined" not in text_of(entry)
    actions.give_consent(
        talk.consent(talk.second), by=viewer_for(talk.second),
        texts={OfferedSpan.objects.get(author=talk.second).code: "We asked operators to pay."},
    )  # fmt: skip

    assert "We asked operators to pay." in text_of(entry)
    assert "fined" not in text_of(entry)


def test_a_curators_edit_does_not_save_words_that_are_taken_back(talk, curator):
    offer = talk.offer()
    agree(talk, talk.first, talk.second)
    entry = entry_of(offer)
    edited = "<p>We drew parking zones, and We fined the operators. A curator wrote this.</p>"
    alex.save_draft(
        entry, {"fields": {**Draft.objects.get(entry=entry).content["fields"], "approach": edited}},
        by=viewer_for(curator), revision=1,
    )  # fmt: skip

    actions.refuse_consent(talk.consent(talk.second), by=viewer_for(talk.second))

    assert "fined" not in text_of(entry)


def test_when_the_author_of_the_whole_keeps_out_it_speaks_for_nobody(talk, curator):
    offer = talk.offer()
    agree(talk, talk.first, talk.second)
    actions.refuse_consent(talk.consent(talk.asker), by=viewer_for(talk.asker))

    entry = entry_of(offer)

    assert (entry.author, entry.city, entry.candour) == (None, None, "sealed")
    assert "Bikes lay everywhere" not in text_of(entry)
    assert Entry.objects.visible_to(viewer_for(curator)).filter(pk=entry.pk).exists()
    assert not Entry.objects.visible_to(viewer_for(talk.asker)).filter(pk=entry.pk).exists()


def test_nothing_goes_on_when_everybody_keeps_out(talk):
    offer = talk.offer()
    for person in (talk.first, talk.second, talk.asker):
        actions.refuse_consent(talk.consent(person), by=viewer_for(person))

    offer.refresh_from_db()
    assert (offer.state, offer.entry) == ("empty", None)
    assert not Draft.objects.exists()
    assert not OfferedSpan.objects.exists()


def test_never_means_that_she_is_not_asked_again(talk):
    talk.offer()
    actions.refuse_consent(talk.consent(talk.second), by=viewer_for(talk.second), never=True)
    Letter.objects.all().delete()

    talk.offer(key="another")

    assert NeverAsk.objects.get().person == talk.second
    assert not Letter.objects.filter(person=talk.second).exists()
    assert set(Consent.objects.filter(person=talk.second).values_list("answer", flat=True)) == {
        "left_out"
    }
    actions.ask_again(by=viewer_for(talk.second))
    talk.offer(key="a third")
    assert Letter.objects.filter(person=talk.second).exists()


def test_when_it_is_published_all_who_helped_are_told_and_the_thread_names_it(talk, curator):
    offer = talk.offer()
    agree(talk, talk.first)
    actions.refuse_consent(talk.consent(talk.second), by=viewer_for(talk.second))
    entry = entry_of(offer)

    alex.publish_entry(entry, by=viewer_for(curator))

    told = {(row.person, row.reason) for row in Notice.objects.all()}
    assert told == {(talk.first, "helped"), (talk.asker, "own")}
    viewer = viewer_for(talk.first)
    assert entries_of("test.thing", [talk.thing.pk], viewer) == {talk.thing.pk: [entry]}
    assert entries_of("test.thing", [talk.thing.pk], VISITOR) == {}
    line = kind_of("memory.published").told([offer.pk], viewer)[offer.pk]
    assert (line.title, line.url) == ("Bikes in the way", entry.get_absolute_url())
    assert kind_of("memory.published").told([offer.pk], VISITOR) == {}
    assert set(Said.objects.values_list("version", flat=True)) == {entry.current_id}
    assert not OfferedSpan.objects.filter(author=talk.second).exists()
    with pytest.raises(Refused):
        actions.refuse_consent(talk.consent(talk.first), by=viewer_for(talk.first))


def test_nobody_is_named_more_openly_than_where_she_said_it(talk):
    talk.offer(candours={talk.asker.pk: "sealed", talk.first.pk: "sealed", talk.second.pk: "city"})

    with pytest.raises(Refused):
        agree(talk, talk.first, candour="person")
    agree(talk, talk.first)
    agree(talk, talk.second, candour="sealed")

    entry = entry_of(Offer.objects.get())
    assert thanks_of(entry.pk) == []
    assert (entry.candour, entry.shown_city) == ("sealed", None)


def test_the_journal_tells_nobody_what_was_answered(talk):
    talk.offer(candours={})
    agree(talk, talk.first)
    actions.refuse_consent(talk.consent(talk.second), by=viewer_for(talk.second))

    rows = JournalRow.objects.filter(act__startswith="memory.") | JournalRow.objects.filter(
        act__startswith="alex."
    )
    assert {row.person_id for row in rows} == {None}


def test_only_she_sees_what_she_is_asked(talk, curator, office):
    talk.offer()

    for person in (talk.asker, talk.second, curator, office):
        seen = Consent.objects.visible_to(viewer_for(person)).values_list("person", flat=True)
        assert set(seen) <= {person.pk}
        with pytest.raises(Forbidden):
            actions.give_consent(talk.consent(talk.first), by=viewer_for(person))
    assert not Consent.objects.visible_to(VISITOR).exists()
    assert not Offer.objects.visible_to(VISITOR).exists()


def test_the_house_proposes_without_agreeing_for_anybody(talk):
    talk.offer(consenting=False)

    assert set(Consent.objects.values_list("answer", flat=True)) == {""}


def test_it_can_be_taken_back_until_it_is_published(talk):
    offer = talk.offer()
    agree(talk, talk.first, talk.second)
    with pytest.raises(Forbidden):
        actions.withdraw_offer(offer, by=viewer_for(talk.first))

    actions.withdraw_offer(offer, by=viewer_for(talk.asker))

    assert not Draft.objects.exists()
    assert Offer.objects.get().state == "withdrawn"


def test_a_draft_that_its_author_throws_away_settles_the_offer(talk):
    offer = talk.offer()
    agree(talk, talk.first, talk.second)

    alex.discard_draft(entry_of(offer), by=viewer_for(talk.asker))

    offer.refresh_from_db()
    assert (offer.state, offer.entry) == ("withdrawn", None)


def test_the_words_of_a_recording_are_kept_line_by_line(talk):
    cues = [
        {"start": 0, "end": 2, "text": "Welcome.", "author": talk.first.pk},
        {"start": 2, "end": 4, "text": "A question.", "author": talk.second.pk},
        {"start": 4, "end": 6, "text": "Applause."},
    ]
    offer = talk.offer(
        template="recording", cues=cues, spans=[talk.span("title", "A talk", None)], author=None
    )
    agree(talk, talk.first)
    actions.refuse_consent(talk.consent(talk.second), by=viewer_for(talk.second))

    from house.alex.models import Transcript

    entry = entry_of(offer)
    said = Transcript.objects.get(
        code=Draft.objects.get(entry=entry).content["fields"]["transcript"]
    )
    assert [cue["text"] for cue in said.cues] == ["Welcome.", "Applause."]


def test_who_is_erased_takes_her_words_along(talk):
    offer = talk.offer()
    agree(talk, talk.first, talk.second)
    talk.second.erase_after = timezone.now() - datetime.timedelta(minutes=1)
    talk.second.save()

    erasure.erase(talk.second.pk)

    assert "fined" not in text_of(entry_of(offer))
    assert "We drew" in text_of(entry_of(offer))


def test_visitors_and_associates_offer_nothing(talk):
    for person in (talk.second,):
        with pytest.raises(Forbidden):
            talk.offer(by=person)
