import pytest

from house.access.viewer import VISITOR, Viewer
from house.retrieval import outbox
from house.retrieval.ranked import warm_up
from house.retrieval.search import Filters, passages_for, rank_passages, search, similar
from house.retrieval.suggestions import suggest

MEMBER = Viewer(person_id=7, city_ids=frozenset({"ams"}), is_member=True)
AUDIENCES = {
    "public": {"audience": "public"},
    "alliance": {"audience": "alliance"},
    "ours": {"audience": "city", "city_id": "ams"},
    "theirs": {"audience": "city", "city_id": "bcn"},
    "mine": {"audience": "private", "author_id": 7},
    "hers": {"audience": "private", "author_id": 8},
    "circle": {"audience": "circle", "circle_id": "c1"},
}


def titles(results):
    return {hit.thing.title for hit in results.hits}


@pytest.fixture
def shelf(notes):
    for name, facts in AUDIENCES.items():
        notes.write(f"{name} zeppelin", f"A zeppelin over the {name} harbour.", **facts)
    outbox.drain()
    return notes


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (VISITOR, {"public"}),
        (MEMBER, {"public", "alliance", "ours", "mine"}),
        (Viewer(circle_ids=frozenset({"c1"})), {"public", "circle"}),
    ],
)
def test_search_shows_exactly_what_the_door_opens(shelf, viewer, seen):
    results = search("zeppelin", viewer=viewer)

    assert titles(results) == {f"{name} zeppelin" for name in seen}
    assert results.total == len(seen)
    assert {found.thing.title for found in passages_for("zeppelin", viewer=viewer).passages} == {
        f"{name} zeppelin" for name in seen
    }
    assert {s.text for s in suggest("zepp", viewer=viewer)} == {f"{n} zeppelin" for n in seen}


def test_a_stale_index_shows_nothing_that_the_door_has_closed(shelf):
    shelf.Note.objects.filter(title="public zeppelin").update(audience="private", author_id=8)

    results = search("zeppelin", viewer=VISITOR)

    assert (results.hits, results.total) == ([], 0)
    assert all(counts == [] for counts in results.facets.values())
    assert suggest("zepp", viewer=VISITOR) == []
    assert passages_for("zeppelin", viewer=VISITOR).passages == []


def test_a_slip_is_only_corrected_to_a_word_that_the_viewer_may_read(notes):
    notes.write("secret", "The hippodrome plan.", audience="alliance")
    notes.write("open", "An open bicycle plan.")
    outbox.drain()

    assert search("hipodrome", viewer=VISITOR).did_you_mean == ""
    assert search("hipodrome", viewer=MEMBER).did_you_mean == "hippodrome"
    corrected = search("bycicle plan", viewer=VISITOR)
    assert corrected.did_you_mean == "bicycle plan"
    assert titles(corrected) == {"open"}


def test_facets_count_what_was_found_and_filters_keep_what_they_name(notes):
    for i in range(3):
        notes.write(
            f"bikes {i}", "Shared bikes.", facets={"kind": ["policy"], "city": ["ams", "bcn"]}
        )
    notes.write("bikes failed", "Shared bikes.", facets={"kind": ["case"], "outcome": ["failed"]})
    notes.write("hidden bikes", "Shared bikes.", facets={"kind": ["case"]}, audience="alliance")
    outbox.drain()

    everything = search("bikes", viewer=VISITOR)
    cases = search("bikes", viewer=VISITOR, filters=Filters(kind=("case",)))

    assert everything.facets["kind"] == [("policy", 3), ("case", 1)]
    assert everything.facets["city"] == [("ams", 3), ("bcn", 3)]
    assert everything.facets["outcome"] == [("failed", 1)]
    assert titles(cases) == {"bikes failed"}
    assert titles(search("", viewer=VISITOR, filters=Filters(city=("bcn",)))) == {
        "bikes 0",
        "bikes 1",
        "bikes 2",
    }


def test_a_narrow_filter_still_fills_the_page(notes):
    for i in range(300):
        notes.write(f"common {i}", "scooter scooter scooter rules", facets={"kind": ["law"]})
    for i in range(25):
        notes.write(
            f"rare {i}",
            f"One scooter in a longer text about harbour number {i}.",
            facets={"kind": ["case"]},
        )
    outbox.drain()

    results = search("scooter", viewer=VISITOR, filters=Filters(kind=("case",)), limit=20)

    assert len(results.hits) == 20
    assert results.total == 25
    second = search("scooter", viewer=VISITOR, filters=Filters(kind=("case",)), limit=20, offset=20)
    assert len(second.hits) == 5
    assert not titles(second) & titles(results)


def test_quotes_ask_for_the_phrase_and_minus_leaves_out(notes):
    notes.write("exact", "We licence the short-term rental of homes.")
    notes.write("apart", "The rental is short and the term is long.")
    notes.write("other", "Short-term rental of boats.")
    outbox.drain()

    assert titles(search('"short term rental"', viewer=VISITOR)) == {"exact", "other"}
    assert titles(search("short-term rental -boats", viewer=VISITOR)) == {"exact", "apart"}
    assert titles(search('"short term rental" -boat', viewer=VISITOR)) == {"exact"}


def test_snippets_mark_the_words_and_are_no_html(notes):
    notes.write(
        "x",
        "Nothing here. " * 60 + "<script>alert(1)</script> Scooters need permits. " + "Tail. " * 60,
    )
    outbox.drain()

    (hit,) = search("scooter permit", viewer=VISITOR).hits

    assert [part for part, is_hit in hit.snippet if is_hit] == ["Scooters", "permits"]
    assert len("".join(part for part, _ in hit.snippet)) < 300


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("nl", "De gemeente verhuurt deelfietsen.", "deelfiets"),
        ("es", "Las estaciones de bicicletas cerraron.", "estación bicicleta"),
        ("fr", "L'hébergement touristique est réglementé.", "hebergements touristiques"),
        ("de", "Die Überlassung von Wohnungen ist genehmigungspflichtig.", "uberlassung wohnung"),
        ("sv", "Kommunerna hyr ut lägenheter.", "kommun lägenhet"),
        ("da", "Kommunen åbnede et fælles værksted.", "faelles vaerksted"),
        ("ca", "Les cooperatives d'habitatge col·laboratives.", "cooperativa collaborativa"),
        ("pt", "As habitações partilhadas da cidade.", "habitação partilhada"),
        ("ko", "서울시의 공유자전거는 무료이다.", "공유자전거"),
        ("he", "העירייה אסרה השכרת דירות לתיירים", "דירות תיירים"),
        ("zh", "城市管理短租公寓。", "短租公寓"),
        ("xx", "Zbwq qwertz uiop", "qwertz"),
    ],
)
def test_every_language_is_found_by_its_own_words(notes, language, text, asked):
    notes.write("wanted", text, language=language)
    notes.write("unwanted", "Nothing to see here at all.")
    outbox.drain()

    assert titles(search(asked, viewer=VISITOR)) == {"wanted"}


def test_each_passage_is_named_once_in_a_run(notes):
    notes.write("long", "\n\n".join(f"Paragraph {i} of scooters. " * 30 for i in range(5)))
    outbox.drain()

    run = rank_passages("scooters", viewer=VISITOR)

    assert len(run) == len({name for name, _ in run}) > 1
    assert [score for _, score in run] == sorted((score for _, score in run), reverse=True)


def test_similar_things_are_others_and_visible(shelf):
    thing = shelf.Note.objects.get(title="public zeppelin")

    assert {note.title for note in similar(thing, viewer=MEMBER)} == {
        "alliance zeppelin",
        "ours zeppelin",
        "mine zeppelin",
    }
    assert similar(thing, viewer=VISITOR) == []


def hostile_questions():
    yield from ("", " ", '"', '""', "-", "- -", '-"', "\0", "\ud800", "a" * 10_000, "ﷺ" * 3000)
    yield from ("scooter " * 1300, '"' * 5000, "-x " * 3000, "' OR 1=1 --", "NEAR(a b)", "text:*")
    for start in range(0, 0x110000, 0x800):
        yield "".join(map(chr, range(start, start + 0x800, 37)))


def test_any_text_may_be_asked(notes):
    notes.write("one", "A scooter.")
    outbox.drain()

    for text in hostile_questions():
        search(text, viewer=VISITOR)
        suggest(text, viewer=VISITOR)


def test_any_text_may_be_indexed(notes):
    for i, text in enumerate(hostile_questions()):
        storable = text.encode("utf-8", "replace").decode()
        notes.write(f"hostile {i}", f"scooter {storable.replace(chr(0), ' ')} end")
    outbox.drain()

    assert search("scooter", viewer=VISITOR).total > 50
    assert outbox.pending() == outbox.Pending(words=0, vectors=0, stuck=0)


def test_a_server_may_warm_up_on_an_empty_index(notes):
    thread = warm_up()
    thread.join(300)
    assert not thread.is_alive()
    assert search("anything", viewer=VISITOR).total == 0
