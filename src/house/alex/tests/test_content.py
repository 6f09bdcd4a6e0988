import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from house.alex.completeness import problems
from house.alex.content import KEYS, day, digest_of, is_empty, tidy
from house.alex.kinds import KINDS
from house.alex.parts import outcome_part, parts
from house.alex.tests.texts import CASE

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_comes_is_tidied_judged_and_shown_without_breaking(kind, data):
    keys = data.draw(st.dictionaries(st.sampled_from(KEYS), anything))
    fields = data.draw(st.dictionaries(st.sampled_from(list(KINDS[kind].by_key)), anything))
    made = tidy(kind, {**keys, "fields": fields})
    assert tuple(made) == KEYS
    assert tidy(kind, made) == made
    problems(kind, made)
    for part in parts(kind, made):
        assert "<script" not in part.html


def test_foreign_markup_and_empty_rows_are_left_out():
    made = tidy(
        "policy",
        {
            "fields": {
                "summary_text": '<p onclick="x()">Nights <script>alert(1)</script></p>',
                "how_it_works": "<p>&nbsp;</p>",
                "clauses": [{"type": "cap", "text": "30 nights"}, {"type": "tax"}, {}],
                "invented": "x",
            },
            "sources": [{"label": "Gazette", "url": ""}, {"label": "", "url": ""}],
            "topics": ["housing", "housing", ""],
        },
    )
    assert made["fields"] == {
        "summary_text": "<p>Nights </p>",
        "clauses": [{"type": "cap", "text": "30 nights", "value": "", "unit": ""}],
    }
    assert made["sources"] == [{"label": "Gazette", "url": "", "licence": ""}]
    assert made["topics"] == ["housing"]


def test_lists_are_written_one_on_a_line():
    made = tidy("case_study", {"fields": {"partners": "City\n\n Union \nCity"}})
    assert made["fields"]["partners"] == ["City", "Union"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("75", 75), ("1:15", 75), ("1:02:03", 3723), (12.5, 12.5), ("soon", "soon")]
)
def test_chapters_begin_at_a_second_however_it_is_written(typed, kept):
    made = tidy("recording", {"fields": {"chapters": [{"start": typed, "title": "A"}]}})
    assert made["fields"]["chapters"] == [{"start": kept, "title": "A"}]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019", datetime.date(2019, 1, 1), datetime.date(2019, 12, 31)),
        ("2020-02", datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)),
        ("2019-04-30", datetime.date(2019, 4, 30), datetime.date(2019, 4, 30)),
        ("", None, None),
    ],
)
def test_a_date_may_be_a_year_or_a_month(value, first, last):
    assert (day(value), day(value, last=True)) == (first, last)


@pytest.mark.parametrize("value", ["2019-13", "2019-02-30", "0000", "spring", "19", "2019-4-30x"])
def test_what_is_not_a_date_says_so(value):
    with pytest.raises(ValueError):  # noqa: PT011 -- the only thing it can be
        day(value)
    found = problems("case_study", tidy("case_study", {**CASE, "period_from": value}))
    assert set(found) == {"period_from"}


def test_a_finished_text_has_no_problems():
    assert problems("case_study", tidy("case_study", CASE)) == {}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"summary": " "}, "summary"),
        ({"topics": []}, "topics"),
        ({"outcome": "splendid"}, "outcome"),
        ({"outcome": "failed", "outcome_why": ""}, "outcome_why"),
        ({"period_from": "2020", "period_until": "2019"}, "period_until"),
        ({"sources": [{"label": "x", "url": "javascript:alert(1)"}]}, "sources"),
        ({"audience": "city", "city": ""}, "audience"),
        ({"audience": "circle"}, "audience"),
        ({"audience": "private"}, "audience"),
        ({"audience": "whoever"}, "audience"),
        ({"candour": "loud"}, "candour"),
        ({"candour": "described"}, "described_as"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(changes, key):
    assert set(problems("case_study", tidy("case_study", {**CASE, **changes}))) == {key}


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("policy", "status", "perhaps"),
        ("policy", "in_force_from", "spring"),
        ("policy", "official_text", {"label": "Gazette", "url": "ftp://x"}),
        ("policy", "clauses", [{"type": "wish", "text": "x"}]),
        ("research", "year", "19"),
        ("research", "doi", "doi:x"),
        ("recording", "media", {"url": "javascript:alert(1)"}),
        ("recording", "chapters", [{"start": "soon", "title": "A"}]),
    ],
)
def test_each_type_of_answer_is_checked(kind, key, value):
    found = problems(kind, tidy(kind, {**CASE, "fields": {key: value}}))
    required = {field.key for field in KINDS[kind].fields if field.required}
    assert set(found) == required - {key} | {key}


def test_the_digest_is_of_the_text_and_not_of_its_settings():
    one = tidy("case_study", CASE)
    assert digest_of(one) == digest_of({**one, "audience": "city", "candour": "sealed"})
    assert digest_of(one) != digest_of({**one, "title": "Another"})


def test_parts_come_in_the_templates_order_then_the_documents():
    made = tidy(
        "case_study",
        {
            **CASE,
            "outcome_evidence": "Counts.",
            "sections": [{"heading": "Annex", "text": "Line one.\n\nLine two."}],
        },
    )
    assert [(p.anchor, p.heading) for p in parts("case_study", made)] == [
        ("challenge", "The challenge"),
        ("approach", "What we did"),
        ("outcome-story", "What came of it"),
        ("s1", "Annex"),
    ]
    assert parts("case_study", made)[-1].text == "Line one.\nLine two."
    assert outcome_part(made).html == f"<p>{CASE['outcome_why']}</p><p>Counts.</p>"


@pytest.mark.parametrize("value", ["", " ", [], {}, {"a": ""}, None])
def test_nothing_is_nothing(value):
    assert is_empty(value)


@pytest.mark.parametrize(
    ("html", "is_kept"),
    [
        ("<p></p>", False),
        ("<p>&nbsp;<br> </p><ul><li></li></ul>", False),
        ("<p><strong></strong>&nbsp;&nbsp;</p>", False),
        ("<hr>", True),
        ("plain", True),
        ("<p>&nbsp;<em>x</em></p>", True),
        ("<p>&lt;</p>", True),
        ("<p>&nbsp;&amp;</p>", True),
        ("<p> 字</p>", True),
    ],
)
def test_what_an_empty_editor_leaves_is_nothing(html, is_kept):
    made = tidy("case_study", {"fields": {"challenge": html}})
    assert ("challenge" in made["fields"]) == is_kept


def test_angle_brackets_in_plain_text_are_text():
    assert tidy("case_study", {"fields": {"cost": "<30>"}})["fields"] == {"cost": "<30>"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_kind_asks_for_something_and_explains_itself(kind):
    assert kind.help
    assert any(field.required for field in kind.fields)
    assert all(field.label for field in kind.fields)
    assert all(field.choices for field in kind.fields if field.type == "choice")
