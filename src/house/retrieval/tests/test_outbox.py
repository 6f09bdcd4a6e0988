import pytest
from django.db import transaction

from house.access.viewer import VISITOR
from house.retrieval import meaning, outbox
from house.retrieval.embedding import NoModel, loading
from house.retrieval.indexing import rebuild_index
from house.retrieval.models import OutboxRow, Passage
from house.retrieval.search import search
from house.retrieval.tests.service import service
from tests.spent import at_most


def titles(text):
    return {hit.thing.title for hit in search(text, viewer=VISITOR).hits}


@pytest.mark.django_db(transaction=True)
class TestCommitted:
    def test_a_saved_thing_is_found_within_a_second(self, notes):
        with at_most(1):
            with transaction.atomic():
                notes.write("fresh", "A lighthouse for bicycles.")
            assert titles("lighthouse") == {"fresh"}

    def test_a_change_that_is_rolled_back_never_reaches_the_index(self, notes):
        with transaction.atomic():
            notes.write("never", "A lighthouse.")
            transaction.set_rollback(True)
        assert titles("lighthouse") == set()
        assert OutboxRow.objects.count() == 0

    def test_many_changes_of_one_transaction_drain_once(self, notes):
        with transaction.atomic():
            for i in range(20):
                notes.write(f"n{i}", "A lighthouse.")
            hooks = transaction.get_connection().run_on_commit
            assert len(hooks) == 2  # one that drains, one that lets finished pages go
        assert len(titles("lighthouse")) == 20

    def test_a_long_writer_drains_at_the_end(self, notes):
        with outbox.held():
            notes.write("held", "A lighthouse.")
            assert titles("lighthouse") == set()
        assert titles("lighthouse") == {"held"}

    def test_edit_withdraw_and_delete_reach_the_index(self, notes):
        note = notes.write("kept", "A lighthouse.")
        notes.rewrite(note, text="A windmill.")
        assert (titles("lighthouse"), titles("windmill")) == (set(), {"kept"})
        notes.rewrite(note, title="withdrawn")
        assert titles("windmill") == set()
        notes.rewrite(note, title="back")
        assert titles("windmill") == {"back"}
        notes.remove(note)
        assert titles("windmill") == set()
        assert Passage.objects.count() == 0

    def test_one_unreadable_thing_keeps_no_other_out_and_is_tried_again(self, notes):
        with transaction.atomic():
            bad = notes.write("unreadable", "A lighthouse.")
            notes.write("good", "A lighthouse.")

        assert titles("lighthouse") == {"good"}
        assert outbox.pending() == outbox.Pending(words=0, vectors=0, stuck=1)
        row = OutboxRow.objects.get()
        assert "cannot be read" in row.problem
        notes.Note.objects.filter(pk=bad.pk).update(title="readable")
        outbox.drain()
        assert titles("lighthouse") == {"good"}  # not yet: it waits
        OutboxRow.objects.update(not_before=row.touched_at)
        outbox.drain()
        assert titles("lighthouse") == {"good", "readable"}


def test_a_passage_whose_text_stays_keeps_its_key(notes):
    paragraphs = [f"Paragraph {i} about lighthouses. " * 40 for i in range(3)]
    note = notes.write("long", "\n\n".join(paragraphs))
    outbox.drain()
    before = {passage.text: passage.pk for passage in Passage.objects.all()}

    notes.rewrite(note, text="\n\n".join(["An introduction that is new. " * 40, *paragraphs]))
    outbox.drain()
    after = {passage.text: passage.pk for passage in Passage.objects.all()}

    assert len(after) == len(before) + 1
    assert before.items() <= after.items()
    assert [p.ordinal for p in Passage.objects.order_by("external_id")] == list(range(4))


def test_a_rebuild_repairs_an_index_that_was_lost(notes, settings):
    notes.write("one", "A lighthouse.")
    outbox.drain()
    Passage.objects.create(
        kind="note", object_id=999, version=1, ordinal=0, external_id="x", text="stale", digest=1
    )
    for path in settings.INDEX_ROOT.glob("*"):
        if path.is_file():
            path.unlink()
    meaning.forget_engines(settings.INDEX_ROOT)
    assert titles("lighthouse") == set()

    rebuild_index()

    assert titles("lighthouse") == {"one"}
    assert Passage.objects.filter(object_id=999).count() == 0


def test_the_worker_builds_a_lost_index_anew(notes, settings):
    notes.write("one", "A lighthouse.")
    outbox.drain()
    (settings.INDEX_ROOT / "current").write_text("words-0-of-an-earlier-format.sqlite")

    assert titles("lighthouse") == set()
    outbox.catch_up()
    assert titles("lighthouse") == {"one"}


def test_without_a_model_words_answer_and_embedding_says_so(notes):
    notes.write("one", "A lighthouse.")
    outbox.drain()

    assert search("lighthouse", viewer=VISITOR).mode == "words"
    with pytest.raises(NoModel, match="words"):
        outbox.embed_pending()
    assert outbox.catch_up() is False


def embeddings_of(body):
    """A model of sixteen dimensions in which texts that share a first letter are near."""
    rows = []
    for text in body["input"]:
        row = [0.1] * 16
        row[ord(text.strip()[:1] or " ") % 16] = 1.0
        rows.append(row)
    return {"data": [{"index": i, "embedding": row} for i, row in enumerate(rows)]}


def settle(settings, url):
    settings.EMBEDDINGS_URL = url
    loading._failed.clear()


def test_meaning_follows_words_and_a_changed_model_takes_over_when_it_is_ready(notes, settings):
    notes.write("b", "b lighthouse", language="en")
    notes.write("c", "c windmill", language="en")
    outbox.drain()
    with service(embeddings_of) as (url, asked):
        settle(settings, f"{url}/v1?model=first")
        assert outbox.pending().vectors == 2
        assert outbox.embed_pending() == 2
        assert outbox.pending().vectors == 0
        first = search("bbb", viewer=VISITOR)
        assert (first.mode, first.hits[0].thing.title) == ("both", "b")

        settle(settings, f"{url}/v1?model=second")
        asked.clear()
        assert search("ccc", viewer=VISITOR).hits[0].thing.title == "c"
        models = {body["model"] for _, _, body in asked if body["input"] == ["ccc"]}
        assert models == {"first"}  # the old set answers, through its own model
        assert outbox.embed_pending() == 2

        asked.clear()
        assert search("bbbb", viewer=VISITOR).hits[0].thing.title == "b"
        assert {body["model"] for _, _, body in asked} == {"second"}


def test_a_model_that_stops_answering_leaves_words(notes, settings):
    notes.write("b", "b lighthouse")
    outbox.drain()
    with service(embeddings_of) as (url, _):
        settle(settings, f"{url}/v1?model=gone")
        outbox.embed_pending()

    results = search("lighthouse now", viewer=VISITOR)

    assert (results.mode, results.total) == ("words", 1)
