import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from house.alex.content import tidy
from house.alex.diff import difference
from house.alex.tests.texts import CASE


def text(**changes):
    fields = {**CASE["fields"], **changes.pop("fields", {})}
    return tidy("case_study", {**CASE, "fields": fields, **changes})


def told(found):
    return [
        [
            (block.change, [(piece.change, piece.text) for piece in block.pieces])
            for block in each.blocks
        ]
        for each in found
    ]


def test_equal_texts_differ_in_nothing():
    assert difference("case_study", text(), text()) == []


def test_a_changed_word_stands_in_its_sentence():
    old = text(summary="The city painted forty bays.")
    new = text(summary="The city painted sixty bays.")
    (summary,) = difference("case_study", old, new)
    assert (summary.key, summary.label) == ("summary", "Summary")
    assert told([summary]) == [
        [
            (
                "changed",
                [
                    ("same", "The city painted "),
                    ("removed", "forty"),
                    ("added", "sixty"),
                    ("same", " bays."),
                ],
            )
        ]
    ]
    assert summary.blocks[0].html == "The city painted <del>forty</del><ins>sixty</ins> bays."
    assert (summary.words_added, summary.words_removed) == (1, 1)


def test_paragraphs_come_and_go_as_a_whole():
    old = text(
        fields={"approach": "<p>We asked the shops.</p><p>Then nothing happened at all.</p>"}
    )
    new = text(fields={"approach": "<p>We asked the shops.</p><ul><li>Bays in March</li></ul>"})
    (approach,) = difference("case_study", old, new)
    assert [(block.change, block.pieces[0].text) for block in approach.blocks] == [
        ("same", "We asked the shops."),
        ("added", "Bays in March"),
        ("removed", "Then nothing happened at all."),
    ]


def test_every_kind_of_value_is_told_in_words():
    old = tidy("policy", {"fields": {"status": "proposed"}, "sources": [{"label": "A"}]})
    new = tidy(
        "policy",
        {
            "topics": ["housing"],
            "sources": [{"label": "A", "url": "https://a.example"}],
            "fields": {
                "status": "in_force",
                "official_text": {"label": "Gazette", "url": "https://g.example"},
                "clauses": [
                    {"type": "cap", "text": "Entire homes", "value": "30", "unit": "nights"}
                ],
            },
        },
    )
    lines = {
        each.key: [
            piece.text for block in each.blocks for piece in block.pieces if piece.change == "added"
        ]
        for each in difference("policy", old, new)
    }
    assert lines == {
        "status": ["In force"],
        "official_text": ["Gazette · https://g.example"],
        "clauses": ["Cap or limit: Entire homes, 30 nights"],
        "topics": ["housing"],
        "sources": [" · https://a.example"],
    }


def test_signs_without_spaces_are_compared_sign_by_sign():
    (title,) = difference("case_study", text(title="共享单车停车"), text(title="共享汽车停车"))
    assert title.blocks[0].html == "共享<del>单</del><ins>汽</ins>车停车"


def test_imported_sections_are_compared_too():
    old = text(sections=[{"heading": "§ 1", "text": "Thirty nights."}])
    new = text(sections=[{"heading": "§ 1", "text": "Sixty nights."}])
    (sections,) = difference("case_study", old, new)
    assert [block.change for block in sections.blocks] == ["same", "changed"]


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<ins>not ours</ins>",
    "a & b < c > d \"e\" 'f'",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("markup", HOSTILE)
def test_markup_of_either_side_comes_out_as_text(markup):
    for old, new in [
        ("Safe words here", markup),
        (markup, "Safe words here"),
        (markup, f"{markup} more"),
    ]:
        for each in difference("case_study", text(title=old), text(title=new)):
            html = "".join(block.html for block in each.blocks)
            assert set(re.findall(r"<[^>]*>", html)) <= {"<ins>", "</ins>", "<del>", "</del>"}
            assert "<ins>not ours" not in html.replace("<ins>&lt;ins&gt;not ours", "")


words = st.text("ab <>&;\"'/x\n共", max_size=60)


@settings(max_examples=150, deadline=None)
@given(old=words, new=words)
def test_each_side_can_be_read_back_from_the_difference(old, new):
    before, after = text(summary=old), text(summary=new)
    for each in difference("case_study", before, after):
        for side, kept in ((before, "removed"), (after, "added")):
            lines = [
                "".join(piece.text for piece in block.pieces if piece.change in {"same", kept})
                for block in each.blocks
            ]
            whole = [" ".join(line.split()) for line in side[each.key].splitlines()]
            assert [line for line in lines if line] == [line for line in whole if line]
