"""What every engine must hold. A test module of an engine subclasses this and says how to open one."""

import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from house.retrieval.engines.base import Scope, Term
from house.retrieval.tests.engine_child import text_of
from house.retrieval.tests.engine_samples import (
    EVERYONE,
    SPACE,
    asking,
    digest_of,
    document,
    found,
    put_vectors,
    tokens_of,
    vector_of,
    vectors_of,
)

TOKENS = ("public", "alliance", "city:ams", "city:bcn", "circle:c1", "person:7")
SRC = Path(__file__).parents[3]


class EngineContract:
    def open(self, folder: Path, space=SPACE):
        raise NotImplementedError

    @pytest.fixture
    def engine(self, tmp_path):
        return self.open(tmp_path / "index")

    # Words, vectors, columns

    def test_words_and_vectors_each_find_on_their_own(self, engine):
        engine.upsert([document(1, "bicycles in the harbour"), document(2, "taxis at night")])
        put_vectors(engine, "bicycles in the harbour", "taxis at night")

        assert found(engine, asking("bicycle")) == {1}
        by_meaning = engine.search(asking(like="taxis at night"), EVERYONE)
        assert by_meaning.objects[int(np.argmax(by_meaning.raw))] == ("note", 2)
        assert by_meaning.objects[int(np.argmax(by_meaning.late))] == ("note", 2)
        assert by_meaning.raw.max() == pytest.approx(1, abs=1e-4)
        assert by_meaning.projected.max() == pytest.approx(1, abs=1e-4)

    def test_candidates_say_which_terms_stand_where(self, engine):
        engine.upsert(
            [document(1, "taxis at night", title="Harbour taxi rules"), document(2, "a harbour")]
        )

        candidates = engine.search(asking("harbour night"), EVERYONE)
        at = candidates.objects.index(("note", 1))

        assert candidates.in_title[at].tolist() == [True, False]
        assert candidates.in_text[at].tolist() == [False, True]
        assert candidates.weights[1] > candidates.weights[0] > 0  # rarer words weigh more
        assert candidates.passages[at] == 100

    def test_a_passage_without_a_vector_is_still_found_by_words(self, engine):
        engine.upsert(
            [document(1, "bicycles in the harbour"), document(2, "a harbour without vector")]
        )
        put_vectors(engine, "bicycles in the harbour")

        candidates = engine.search(asking("harbour", like="bicycles in the harbour"), EVERYONE)

        assert set(candidates.objects) == {("note", 1), ("note", 2)}
        assert np.isfinite(candidates.raw).all()
        assert np.isfinite(candidates.late).all()

    def test_required_and_excluded_words(self, engine):
        engine.upsert(
            [document(1, "harbour boats"), document(2, "harbour taxis"), document(3, "harbour")]
        )

        assert found(engine, asking("harbour", required="boats")) == {1}
        assert found(engine, asking("harbour", excluded="boats")) == {2, 3}

    def test_an_empty_index_answers_nothing(self, engine):
        assert found(engine, asking("anything", like="anything")) == set()
        assert engine.near_words("anything", EVERYONE, limit=5) == []
        assert engine.list_documents(EVERYONE) == []
        assert engine.pending(10) == []

    def test_periods_overlap(self, engine):
        engine.upsert(
            [
                document(1, "harbour", period=(date(2019, 1, 1), date(2020, 12, 31))),
                document(2, "harbour", period=(date(2022, 1, 1), None)),
                document(3, "harbour"),
            ]
        )

        def within(since, until):
            return found(
                engine, asking("harbour"), Scope(frozenset({"public"}), period=(since, until))
            )

        assert within(date(2020, 6, 1), date(2021, 1, 1)) == {1}
        assert within(date(2020, 6, 1), None) == {1, 2}
        assert within(None, date(2018, 1, 1)) == set()
        assert within(None, None) == {1, 2, 3}

    # Visibility

    @pytest.mark.parametrize(
        "held", [(t,) for t in TOKENS] + [TOKENS[:3], ("public", "person:7"), ()]
    )
    def test_nothing_outside_the_scope_leaks_by_any_way(self, engine, held):
        for i, token in enumerate(TOKENS):
            word = f"canar{'bdfgkm'[i]}k"
            engine.upsert([document(i, f"{word} harbour", title=f"{word} title", audience=token)])
            put_vectors(engine, f"{word} harbour")
        scope = Scope(frozenset(held))
        mine = {i for i, token in enumerate(TOKENS) if token in held}

        for query in (
            asking("harbour"),
            asking(like="canarbk harbour"),
            asking("title harbour", like="x"),
        ):
            assert found(engine, query, scope) == mine
        assert {pk for _, pk in engine.list_documents(scope)} == mine
        assert {pk for _, pk in engine.find_titles("canar", scope, limit=20)} == mine
        for i in range(len(TOKENS)):
            word = f"canar{'bdfgkm'[i]}k"
            assert engine.count_terms([Term(word, (word,))], scope) == [1 if i in mine else 0]
        near = set(engine.near_words("canarzk", scope, limit=20))
        assert near == {f"canar{'bdfgkm'[j]}k" for j in mine}

    def test_a_moved_audience_closes_at_once(self, engine):
        engine.upsert([document(1, "harbour")])
        assert found(engine, asking("harbour")) == {1}

        engine.upsert([document(1, "harbour", audience="person:7")])

        assert found(engine, asking("harbour")) == set()
        assert found(engine, asking("harbour"), Scope(frozenset({"person:7"}))) == {1}

    def test_a_narrow_scope_still_fills_the_page(self, engine):
        engine.upsert(document(i, f"harbour harbour harbour {i}") for i in range(400))
        engine.upsert(
            document(
                1000 + i,
                f"one harbour among many other words here {i}",
                audience="alliance",
                facets={"city": ("ams",)},
            )
            for i in range(30)
        )
        narrow = Scope(frozenset({"public", "alliance"}), frozenset({("city", frozenset({"ams"}))}))

        assert len(found(engine, asking("harbour"), narrow)) == 30
        put_vectors(engine, *[f"harbour harbour harbour {i}" for i in range(400)])
        put_vectors(engine, *[f"one harbour among many other words here {i}" for i in range(30)])
        assert len(found(engine, asking(like="harbour harbour harbour 1"), narrow)) == 30

    # Change

    def test_unchanged_text_keeps_its_vector(self, engine):
        engine.upsert([document(1, "old text", "kept text")])
        put_vectors(engine, "old text", "kept text")

        engine.upsert([document(1, "new text", "kept text")])

        assert engine.pending(10) == [digest_of("new text")]
        assert engine.watermark().vectors == 1

    def test_text_shared_by_two_things_is_forgotten_with_the_last(self, engine):
        engine.upsert([document(1, "shared text"), document(2, "shared text")])
        put_vectors(engine, "shared text")

        engine.delete([("note", 1)])
        assert engine.watermark().vectors == 1
        engine.delete([("note", 2)])
        assert engine.watermark().vectors == 0

    def test_delete_really_deletes(self, engine, tmp_path):
        secret = "zanzibarcanary promise of secrecy"
        engine.upsert([document(1, secret, title="Xanaducanary"), document(2, "a harbour")])
        put_vectors(engine, secret, "a harbour")
        assert self._bytes_of(tmp_path, secret)  # could leak: it is there before

        engine.delete([("note", 1)])

        assert found(engine, asking("zanzibarcanary", like=secret)) == {2}
        assert engine.count_terms([Term("", ("zanzibarcanari",))], EVERYONE) == [0]
        assert engine.near_words("zanzibarcanara", EVERYONE, limit=5) == []
        assert engine.find_titles("xana", EVERYONE, limit=5) == []
        assert engine.tokens_of([digest_of(secret)])[0].size == 0
        assert self._bytes_of(tmp_path, secret) == []

    def test_replaced_text_is_gone_after_tidying(self, engine, tmp_path):
        secret = "zanzibarcanary promise of secrecy"
        engine.upsert([document(1, secret, title="Xanaducanary")])
        put_vectors(engine, secret)

        engine.upsert([document(1, "harmless text")])
        engine.tidy()

        assert self._bytes_of(tmp_path, secret) == []

    def _bytes_of(self, folder, secret):
        canaries = [b"zanzibarcanar", b"xanaducanar", vector_of(secret).tobytes()]
        canaries.append(vectors_of(secret).tokens[0].tobytes())
        files = [path for path in folder.rglob("*") if path.is_file()]
        return [
            (path.name, canary[:14])
            for path in files
            for canary in canaries
            if canary in path.read_bytes().lower() or canary in path.read_bytes()
        ]

    def test_vectors_of_two_models_live_side_by_side(self, engine, tmp_path):
        other_space = SPACE.__class__("other", "", 16, 0)
        engine.upsert([document(1, "harbour")])
        put_vectors(engine, "harbour")
        other = self.open(tmp_path / "index", other_space)

        assert other.pending(10) == [digest_of("harbour")]
        assert other.search(asking(like="harbour"), EVERYONE).raw is None
        assert found(engine, asking(like="harbour")) == {1}
        other.put_vectors([digest_of("harbour")], vectors_of("harbour"))
        candidates = other.search(asking(like="harbour"), EVERYONE)
        assert candidates.raw.tolist() == pytest.approx([1], abs=1e-4)

    def test_a_rebuild_keeps_vectors_and_what_changed_meanwhile(self, engine, tmp_path):
        engine.upsert(
            [document(1, "stays harbour"), document(2, "goes harbour"), document(3, "edited")]
        )
        put_vectors(engine, "stays harbour", "goes harbour", "edited")
        writer = self.open(tmp_path / "index")

        def all_documents():
            yield document(1, "stays harbour")
            yield document(2, "goes harbour")
            writer.delete([("note", 2)])
            writer.upsert([document(3, "edited harbour"), document(4, "new harbour")])
            yield document(3, "edited")

        now = {3: "edited harbour", 4: "new harbour"}
        engine.rebuild(
            all_documents(),
            reload=lambda things: [document(pk, now[pk]) for _, pk in things if pk in now],
        )

        for reader in (engine, writer, self.open(tmp_path / "index")):
            assert found(reader, asking("harbour")) == {1, 3, 4}
            assert reader.pending(10) == [digest_of("edited harbour"), digest_of("new harbour")]
            assert reader.watermark().documents == 3

    # Processes

    @pytest.mark.slow
    def test_kill_9_at_any_moment_loses_nothing(self, tmp_path):
        folder = tmp_path / "index"
        expected: dict[int, str] = {}
        for _ in range(8):
            for line in self._killed_writer(folder, after=random.uniform(0.15, 0.6)):
                what, pk = line.split()
                if what != "rebuilt":
                    expected[int(pk)] = what
            engine = self.open(folder)
            there = {pk for _, pk in engine.list_documents(EVERYONE)}
            put = {pk for pk, what in expected.items() if what in {"put", "embedded"}}
            deleted = {pk for pk, what in expected.items() if what == "deleted"}
            last = max(expected)
            assert put - there <= ({last - 1} if last % 5 == 4 else set())  # deleted, not yet said
            assert there & deleted == set()
            for pk, what in list(expected.items())[-10:]:
                if what == "embedded" and pk in there:
                    assert found(engine, asking(f"number{pk}")) == {pk}
                    (tokens,) = engine.tokens_of([digest_of(text_of(pk))])
                    assert len(tokens) == len(tokens_of(text_of(pk)))
                    near = engine.search(asking(like=text_of(pk)), EVERYONE)
                    assert near.objects[int(np.argmax(near.raw))] == ("note", pk)
            expected = dict.fromkeys(there, "put")
        engine.upsert([document(1, "still writable")])
        assert found(engine, asking("writable")) == {1}

    def _killed_writer(self, folder: Path, *, after: float) -> list[str]:
        child = _child("write", folder)
        first = child.stdout.readline()  # it is at work now
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        rest, _ = child.communicate()
        lines = (first + rest).splitlines(keepends=True)
        return [line for line in lines if line.endswith("\n")]

    @pytest.mark.slow
    def test_readers_in_two_processes_go_on_while_one_writes(self, tmp_path):
        folder = tmp_path / "index"
        engine = self.open(folder)
        engine.upsert([document(1, text_of(1))])
        readers = [_child("read", folder, "4") for _ in range(2)]
        pk = 2
        while pk < 22 or any(reader.poll() is None for reader in readers):
            engine.upsert([document(pk, text_of(pk))])
            put_vectors(engine, text_of(pk))
            if pk % 10 == 0:
                engine.delete([("note", pk - 1)])
            if pk % 25 == 0:
                alive = [n for _, n in engine.list_documents(EVERYONE)]
                engine.rebuild([document(n, text_of(n)) for n in alive], reload=lambda _: [])
            pk += 1
        said = [reader.communicate(timeout=600)[0].split() for reader in readers]

        assert [words[0] for words in said] == ["searched", "searched"], said
        assert all(int(words[1]) > 20 for words in said)

    # Quality

    def test_known_items_are_found_by_words_and_by_meaning(self, engine):
        texts = {
            i: f"{a} {b} are {c} in this town"
            for i, (a, b, c) in enumerate(
                (a, b, c)
                for a in ("shared", "electric", "municipal", "private", "rented")
                for b in ("bicycles", "scooters", "gardens", "kitchens", "tools", "cars")
                for c in ("banned", "licensed", "subsidised", "taxed")
            )
        }
        engine.upsert(document(i, text) for i, text in texts.items())
        put_vectors(engine, *texts.values())

        def first(query, of):
            candidates = engine.search(query, EVERYONE)
            return candidates.objects[int(np.argmax(getattr(candidates, of)))][1]

        by_words = sum(first(asking(text), "bm25") == i for i, text in texts.items())
        by_meaning = sum(first(asking(like=text), "raw") == i for i, text in texts.items())
        assert by_words == len(texts)
        assert by_meaning == len(texts)


def _child(*arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-m", "house.retrieval.tests.engine_child", *map(str, arguments)]
    return subprocess.Popen(command, cwd=SRC, stdout=subprocess.PIPE, text=True)
