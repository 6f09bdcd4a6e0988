import json
import os
import resource
from contextlib import ExitStack

import pytest

from house.alex.importing.apart import Apart
from house.alex.importing.files import LeftAlone, SourceFile, find
from house.alex.importing.reading import read, read_data
from house.alex.importing.reasons import REASONS, sentence
from house.alex.importing.records import Record, Refusal
from house.alex.tests import hostile


def read_all(path):
    with Apart() as apart:
        return [
            each
            for item in find([path])
            for each in (read(item, apart) if isinstance(item, SourceFile) else [item])
        ]


def only(found):
    assert len(found) == 1
    return found[0]


def jsonl(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def refused(found):
    """(line, code) of each refusal; each has its sentence."""
    for item in found:
        if isinstance(item, Refusal):
            assert sentence(item.code, item.facts)
    return [(item.line, item.code) for item in found if isinstance(item, Refusal)]


def test_passages_are_grouped_by_document_and_keep_their_ids():
    rows = [
        hostile.passage(1),
        hostile.passage(1, doc="plan", title="Plan", kind="research", lang="nl"),
        hostile.passage(2, heading="Fines", page=7),
    ]
    rules, plan = read_data(jsonl(*rows), "x.jsonl", "jsonl")

    assert [section.external_id for section in rules.sections] == ["rules#1", "rules#2"]
    assert [section.heading for section in rules.sections] == ["Caps", "Fines"]
    assert rules.sections[1].page == 7
    assert (rules.source_id, rules.title, rules.kind) == ("rules", "Rules for hosts", "law")
    assert rules.origins[0].url == "https://github.com/example/rules"
    assert (plan.source_id, plan.language, plan.line) == ("plan", "nl", 2)


def test_bad_lines_are_refused_with_their_number_and_the_rest_goes_on():
    rows = [
        hostile.passage(1),
        "{not json",
        "[1, 2]",
        json.dumps(hostile.passage(1, doc="empty", text="")),
        json.dumps(hostile.passage(1, doc="number", text=5)),
        "[" * 5000 + "]" * 5000,
        hostile.passage(1, doc="fine"),
    ]
    found = list(read_data(jsonl(*rows), "x.jsonl", "jsonl"))

    assert refused(found) == [
        (2, "json"),
        (3, "json-object"),
        (6, "json-deep"),
        (4, "field-missing"),
        (5, "field-not-text"),
    ]
    assert [each.source_id for each in found if isinstance(each, Record)] == ["rules", "fine"]


def test_a_document_with_one_bad_line_is_not_half_taken():
    found = list(
        read_data(jsonl(hostile.passage(1), hostile.passage(2, text="")), "x.jsonl", "jsonl")
    )
    assert refused(found) == [(2, "field-missing")]
    assert not [each for each in found if isinstance(each, Record)]


def test_an_id_is_used_once():
    same = hostile.passage(1)
    other = hostile.passage(1, text="Another text.")
    fine = hostile.passage(1, doc="fine")

    assert refused(list(read_data(jsonl(fine, same, other), "x.jsonl", "jsonl"))) == [
        (3, "duplicate-id")
    ]
    record = only(list(read_data(jsonl(same, same), "x.jsonl", "jsonl")))
    assert len(record.sections) == 1
    assert record.notes[0].facts == {"first": 1, "line": 2}


def test_a_file_of_questions_is_no_file_of_passages():
    rows = [{"qid": "q1", "question": "What?", "doc": "x"}, {"qid": "q2", "question": "Who?"}]
    assert refused(list(read_data(jsonl(*rows), "q.jsonl", "jsonl"))) == [(0, "no-passages")]


def test_csv_has_a_document_a_row_and_formulas_stay_text():
    table = (
        "Title;Summary;Language;Kind;Budget;Challenge\n"
        "=HYPERLINK(1);Two lines;nl;policy;10 000;Too many guests\n"
        "Second;;;;;Noise\n"
        "Wide;a;b;c;d;e;f\n"
        ";no title;;;;\n"
    ).encode("utf-8-sig")
    found = list(read_data(table, "t.csv", "csv"))

    assert refused(found) == [(4, "row-width"), (5, "field-missing")]
    first, second = [each for each in found if isinstance(each, Record)]
    assert (first.title, first.summary, first.language) == ("=HYPERLINK(1)", "Two lines", "nl")
    assert first.facts == {"budget": "10 000", "challenge": "Too many guests"}
    assert (second.title, second.line) == ("Second", 3)


def test_csv_with_a_doc_column_has_a_passage_a_row():
    table = b"id,doc,title,text\na#1,a,A,One.\na#2,a,A,Two.\n"
    record = only(list(read_data(table, "t.csv", "csv")))
    assert [section.external_id for section in record.sections] == ["a#1", "a#2"]


@pytest.mark.parametrize("table", [b"just words\nand more\n", b",,,\n", b"q1 0 doc 1\n"])
def test_a_table_without_column_names_is_refused(table):
    assert refused(list(read_data(table, "t.csv", "csv")))[0][1] == "no-columns"


def test_markdown_with_front_matter_becomes_sections_with_their_path(tmp_path):
    text = (
        "---\ntitle: Bicycles for all\nlang: en\nkind: policy\ntopics:\n  - bike sharing\n---\n"
        "# Bicycles for all\nIntro.\n\n## Docks\nText.\n\n### Price\nCheap <script>alert(1)</script>.\n"
    )
    (tmp_path / "bikes.md").write_text(text)
    record = only(read_all(tmp_path / "bikes.md"))

    assert (record.title, record.kind, record.topics) == (
        "Bicycles for all",
        "policy",
        ("bike sharing",),
    )
    assert [(s.heading, s.text) for s in record.sections] == [
        ("", "Intro."),
        ("Docks", "Text."),
        ("Docks › Price", "Cheap ."),
    ]


def test_html_gives_its_main_part_without_menus_and_scripts(tmp_path):
    page = (
        '<html lang="sv"><head><title>Sidan</title></head><body><nav>Meny</nav><main><h1>Cyklar</h1>'
        "<p>Text <b>fet</b>.</p><script>x()</script><h2>Pris</h2><ul><li>Ett</li></ul></main></body></html>"
    )
    (tmp_path / "sida.html").write_text(page)
    record = only(read_all(tmp_path / "sida.html"))

    assert (record.title, record.language) == ("Cyklar", "sv")
    assert [(s.heading, s.text) for s in record.sections] == [("", "Text fet."), ("Pris", "Ett")]
    assert "<strong>fet</strong>" in record.sections[0].html


def test_pdf_keeps_page_numbers_bookmarks_and_its_title(tmp_path):
    pages = (hostile.WORDS, "", "Fines were raised in the second year.")
    data = hostile.pdf(*pages, title="Host rules", lines={1: "Rules", 3: "Fines"})
    (tmp_path / "rules.pdf").write_bytes(data)
    record = only(read_all(tmp_path / "rules.pdf"))

    assert record.title == "Host rules"
    assert [(s.page, s.heading) for s in record.sections] == [(1, "Rules"), (3, "Fines")]
    assert record.notes[0].code == "pdf-pages-without-text"


def test_running_heads_and_page_numbers_of_a_pdf_are_left_out(tmp_path):
    pages = [
        f"Report of the City\nThe year in which {what} came to the city.\nPage {number} of 5"
        for number, what in enumerate(["bicycles", "scooters", "hosts", "couriers", "co-ops"], 1)
    ]
    (tmp_path / "x.pdf").write_bytes(hostile.pdf(*pages))
    record = only(read_all(tmp_path / "x.pdf"))
    assert [section.text for section in record.sections] == [page.split("\n")[1] for page in pages]

    (tmp_path / "short.pdf").write_bytes(hostile.pdf(*pages[:3]))
    assert only(read_all(tmp_path / "short.pdf")).sections[0].text == pages[0]


def test_word_documents_keep_headings_and_say_their_title(tmp_path):
    (tmp_path / "x.docx").write_bytes(hostile.docx())
    record = only(read_all(tmp_path / "x.docx"))

    assert (record.title, record.language) == ("Night counts", "en")
    assert [(s.heading, s.text) for s in record.sections] == [("Rules", hostile.WORDS.strip())]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("locked.pdf", lambda: hostile.pdf(hostile.WORDS, password="secret"), "pdf-encrypted"),
        ("scan.pdf", lambda: hostile.pdf("", ""), "pdf-scanned"),
        ("cut.pdf", lambda: hostile.pdf(hostile.WORDS)[:300], "pdf-broken"),
        ("no.pdf", lambda: b"GIF89a not a pdf", "pdf-broken"),
        ("cut.docx", lambda: hostile.docx()[:2000], "docx-broken"),
        ("bomb.docx", hostile.bomb, "zip-bomb"),
        ("lying.docx", hostile.lying_bomb, "docx-broken"),
        ("other.docx", lambda: hostile.docx_with("[Content_Types].xml", "<x"), "docx-broken"),
        ("locked.docx", hostile.locked_docx, "docx-encrypted"),
        ("old.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "docx-old"),
        (
            "laughs.docx",
            lambda: hostile.docx_with("word/document.xml", hostile.BILLION_LAUGHS),
            "xml-entities",
        ),
        (
            "laughs16.docx",
            lambda: hostile.docx_with("word/document.xml", hostile.BILLION_LAUGHS.encode("utf-16")),
            "xml-entities",
        ),
        (
            "external.docx",
            lambda: hostile.docx_with("word/document.xml", hostile.EXTERNAL_ENTITY),
            "xml-entities",
        ),
        ("deep.html", lambda: b"<div>" * 200_000 + b"x", "too-deep"),
        ("blank.html", lambda: b"<html><body><script>x</script></body></html>", "no-text"),
        ("empty.md", lambda: b"", "empty"),
        ("blank.md", lambda: b" \n\t\n", "empty"),
        ("picture.md", lambda: bytes(range(256)) * 40, "binary"),
        ("noise.csv", lambda: bytes(i * 89 % 224 + 32 for i in range(3000)), "encoding"),
        (
            "broken.md",
            lambda: (
                ("Málaga señaló que não é possível às vezes. " * 20)
                .encode()
                .decode("cp1252", "replace")
                .replace("\ufffd", "")
                .encode()
            ),
            "mojibake",
        ),
        ("deep.json", lambda: b"[" * 100_000 + b"]" * 100_000, "json-deep"),
        ("deep2.json", lambda: b'{"a":' * 90 + b"1" + b"}" * 90, "json-deep"),
        ("shape.json", lambda: b'{"name": "x"}', "transcript-shape"),
        ("program.exe", lambda: b"MZ", "unknown-format"),
    ],
)
def test_each_broken_file_gets_its_own_sentence(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data())
    refusal = only(read_all(path))
    assert refusal.code == code
    assert len(sentence(refusal.code, refusal.facts)) > 10


def test_size_is_judged_before_reading(tmp_path):
    for name in ("big.jsonl", "big.pdf", "big.docx", "big.vtt"):
        refusal = only(list(find([hostile.huge(tmp_path / name)])))
        assert refusal.code == "too-big"
        assert "500 MB" in sentence(refusal.code, refusal.facts)


def test_a_reader_that_takes_too_long_is_given_up_and_the_next_file_is_read(tmp_path):
    slow = tmp_path / "slow.md"
    slow.write_text("![[" * 400_000)
    fine = tmp_path / "fine.md"
    fine.write_text("# Fine\n\nWords.\n")
    with Apart(seconds=8) as apart:  # the next file's parser has to start in that time, too
        found = [item for file in find([slow, fine]) for item in read(file, apart)]
    assert found[0].code == "too-slow"
    assert found[1].title == "Fine"


def test_a_process_with_more_than_a_thousand_open_files_still_reads(tmp_path):
    (tmp_path / "fine.md").write_text("# Fine\n\nWords.\n")
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2_000
    if most != resource.RLIM_INFINITY and most < wanted:
        pytest.skip("this system lets no process open so many files")
    with ExitStack() as held:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(before, wanted), most))
        held.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (before, most))
        for _ in range(1_100):
            held.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        assert only(read_all(tmp_path / "fine.md")).title == "Fine"


@pytest.mark.parametrize(
    ("encoding", "title", "text"),
    [
        ("cp1252", "Städte", "Die Straße gehört allen Bürgern fürs Gehen."),
        ("latin-1", "Règles", "Déclaration préalable et numéro d'enregistrement des hôtes."),
        ("cp1255", "תקנות", "תקנות העירייה להשכרה לטווח קצר בעיר"),
        ("euc-kr", "조례", "서울특별시 자전거 이용 활성화에 관한 조례"),
        ("utf-16-le", "Étude", "Texte sans marque au début."),
    ],
)
def test_other_encodings_are_read_with_a_note(encoding, title, text):
    data = f"title,text\n{title},{text}\n".encode(encoding)
    record = only(list(read_data(data, "t.csv", "csv")))
    assert (record.title, record.sections[0].text) == (title, text)
    assert record.notes[0].code == "encoding-guessed"


def test_a_byte_order_mark_is_no_letter_and_no_guess():
    wide = only(list(read_data("title,text\nÉtude,Texte\n".encode("utf-16"), "t.csv", "csv")))
    assert (wide.title, wide.notes) == ("Étude", ())


def test_folders_are_walked_without_links_hidden_files_or_readmes(tmp_path):
    (tmp_path / "outside.md").write_text("# Secret\n\nWords.")
    root = tmp_path / "docs"
    (root / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / ".git" / "x.md").write_text("# No")
    (root / "README.md").write_text("# About")
    (root / "picture.png").write_bytes(b"x")
    (root / "b" / "one.md").write_text("# One\n\nWords.")
    (root / "link.md").symlink_to(tmp_path / "outside.md")
    (root / "linked").symlink_to(tmp_path)

    told = {
        (item.name, "read")
        if isinstance(item, SourceFile)
        else (item.file, "left" if isinstance(item, LeftAlone) else item.code)
        for item in find([root])
    }
    assert told == {
        ("docs/b/one.md", "read"),
        ("docs/README.md", "left"),
        ("docs/picture.png", "left"),
        ("docs/link.md", "link"),
        ("docs/linked", "link"),
    }
    assert only(list(find([root / ".git"]))).name == ".git/x.md"
    assert only(list(find([tmp_path / "nothing"]))).code == "missing"


def test_a_fifo_is_no_file_to_wait_for(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe.md")
    assert only(list(find([tmp_path / "pipe.md"]))).code == "not-regular"


def test_every_sentence_can_be_said_with_the_facts_its_readers_give():
    assert all(str(text) for text in REASONS.values())


@pytest.mark.corpus
def test_the_corpus_is_read_whole(corpus):
    path = corpus / "alex" / "passages.jsonl"
    found = list(read_data(path.read_bytes(), "passages.jsonl", "jsonl"))
    ids = [section.external_id for record in found for section in record.sections]
    expected = [json.loads(line)["id"] for line in path.read_text().splitlines()]
    assert not refused(found)
    assert len(found) == len({json.loads(line)["doc"] for line in path.read_text().splitlines()})
    assert sorted(ids) == sorted(expected)
