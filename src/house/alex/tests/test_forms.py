import re
from pathlib import Path

import pytest
from django.http import QueryDict

from house.alex.completeness import problems
from house.alex.content import tidy
from house.alex.forms import EntryForm
from house.alex.forms.entry import Choices, done, for_textarea, from_textarea
from house.alex.kinds import KINDS
from house.ground.html import sanitise

CHOICES = Choices(cities=[("aaa", "City aaa")], circles=[], seats=[], people=[("p1", "Ann")])


def posted(form):
    """What a browser sends back when nothing was changed."""
    data = QueryDict(mutable=True)
    for name in form.fields:
        value = form[name].value()
        values = value if isinstance(value, list) else [value]
        data.setlist(name, [str(each) for each in values if each is not None])
    for rows in form.rows.values():
        formset = rows.formset
        data[f"{rows.sort}-TOTAL_FORMS"] = str(formset.total_form_count())
        data[f"{rows.sort}-INITIAL_FORMS"] = "0"
        for row in formset.forms:
            for name in row.fields:
                data[f"{row.prefix}-{name}"] = row[name].value() or ""
    return data


TEXTS = {
    "case_study": {
        "challenge": "<h2>Before</h2><p>Keys in boxes.</p><ul><li><p>Rents rose.</p></li></ul>",
        "approach": "<p>One.</p><p>Two.</p>",
        "partners": ["Tax office", "Tenants' union"],
        "legal_basis": "Ordinance, section 4",
        "cost": "€ 3",
    },
    "policy": {
        "status": "in_force",
        "official_text": {"label": "Gazette", "url": "https://example.org/g"},
        "clauses": [{"type": "cap", "value": "30", "unit": "nights", "text": "Homes"}],
    },
    "research": {"authors": ["A. Author"], "year": "2019", "doi": "10.1000/182"},
    "technology": {"what": "<p>A tool.</p>", "openness": "open_source", "standards": ["GBFS"]},
    "recording": {
        "event": "Seminar",
        "media": {"url": "https://example.org/film"},
        "transcript": "abcd",
        "chapters": [{"start": 3723.0, "title": "Questions"}],
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_sent_back_unchanged_changes_nothing(kind):
    content = tidy(
        kind,
        {
            "title": "Night permits",
            "summary": "One line.\nAnother.",
            "topics": ["bike-sharing", "housing"],
            "places": ["Old harbour", "Quay"],
            "period_from": "2019-04",
            "outcome": "failed",
            "outcome_why": "Nobody counted.",
            "sources": [{"label": "Minutes", "url": "https://example.org", "licence": ""}],
            "contacts": [{"person": "p1", "about": "the register"}],
            "audience": "public",
            "candour": "described",
            "described_as": "a mid-size port city",
            "sections": [{"heading": "Imported", "html": "<p>Words.</p>"}],
            "fields": TEXTS[kind],
        },
    )
    data = posted(EntryForm(kind, content, CHOICES))
    sent = EntryForm(kind, content, CHOICES, data=data)

    assert tidy(kind, {**content, **sent.raw()}) == content


def test_rows_that_a_page_did_not_show_stay_as_they_were():
    content = tidy("policy", {"fields": TEXTS["policy"], "sources": [{"label": "Minutes"}]})
    form = EntryForm("policy", content, CHOICES, data=QueryDict("title=New"))

    kept = tidy("policy", {**content, **form.raw()})
    assert kept["fields"]["clauses"] == content["fields"]["clauses"]
    assert kept["sources"] == content["sources"]


def test_a_row_added_in_the_browser_is_kept_and_empty_ones_are_not():
    content = tidy("case_study", {})
    data = QueryDict(
        "sources-TOTAL_FORMS=4&sources-INITIAL_FORMS=0&sources-0-label=&sources-3-label=Minutes"
    )
    form = EntryForm("case_study", content, CHOICES, data=data)
    assert tidy("case_study", form.raw())["sources"] == [
        {"label": "Minutes", "url": "", "licence": ""}
    ]


def test_problems_stand_at_their_fields_and_what_was_typed_stays():
    content = tidy("policy", {"title": "Permits"})
    data = QueryDict("title=Permits&period_from=last+spring&audience=public&candour=city")
    form = EntryForm("policy", content, CHOICES, data=data)
    form.show_problems(problems("policy", tidy("policy", {**content, **form.raw()})))

    assert form["period_from"].value() == "last spring"
    assert form["period_from"].errors == ["Write a date as 2019-04-30, 2019-04 or 2019."]
    assert set(form.errors) == {
        "summary", "topics", "period_from", "instrument", "jurisdiction", "status", "summary_text",
    }  # fmt: skip
    assert done(form, {"period_from": "wrong"}) == {
        "first": True, "story": True, "facts": True, "place": False, "proof": True, "readers": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One.\n\nTwo & three", "<p>One.</p><p>Two &amp; three</p>"),
        ("<p>Ready</p>", "<p>Ready</p>"),
        ("a < b and c > d", "<p>a &lt; b and c &gt; d</p>"),
    ],
)
def test_plain_lines_become_paragraphs_and_html_stays(typed, kept):
    assert sanitise(from_textarea(typed)) == kept


def test_a_text_of_paragraphs_reads_as_plain_lines_without_the_editor():
    assert for_textarea("<p>One &amp; only.</p><p>Two.</p>") == "One & only.\n\nTwo."
    assert for_textarea("<p>A</p><ul><li>B</li></ul>") == "<p>A</p><ul><li>B</li></ul>"
    assert from_textarea(for_textarea("<p>One<br>line</p><p>Two</p>")) == (
        "<p>One<br>line</p><p>Two</p>"
    )


def test_a_case_begins_with_no_outcome_chosen():
    form = EntryForm("case_study", tidy("case_study", {}), CHOICES)
    assert "checked" not in str(form["outcome"])
    assert "It failed" in str(form["outcome"])


# -- Word's HTML without the editor --------------------------------------------------------------

CLIPBOARD = Path(__file__).parent / "clipboard"


def sent_as_text(name):
    return sanitise(from_textarea((CLIPBOARD / name).read_text(encoding="utf-8")))


def squeezed(html):
    html = re.sub(r"\s+", " ", html.replace("\xa0", " ").replace("&nbsp;", " "))
    return re.sub(r"\s*(</?(?:p|h\d|ul|ol|li|table|tbody|thead|tr|t[dh])\b[^>]*>)\s*", r"\1", html)


def test_word_sent_as_text_keeps_headings_nested_lists_tables_and_links():
    html = squeezed(sent_as_text("word_desktop.txt"))
    assert "<h2>Night permits for Ebbhaven</h2>" in html
    assert (
        "<ul><li><p>Counted listings</p><ul><li><p>by street</p></li><li><p>by month</p></li></ul></li>"
        "<li><p>Wrote to <em>every</em> host</p></li></ul>"
        "<ol><li><p>Draft</p><ol><li><p>legal check</p></li></ol></li><li><p>Vote</p></li></ol>"
    ) in html
    assert 'href="https://example.org/register?a=1&amp;b=2"' in html
    assert '<td colspan="2"><p><strong>Permits</strong></p></td>' in html


def test_word_for_the_web_sent_as_text_keeps_words_links_and_tables():
    html = squeezed(sent_as_text("word_web.txt"))
    assert "Night permits for Ebbhaven" in html
    assert '<td colspan="2">' in html
    assert "<li><p>Counted listings</p></li>" in html


@pytest.mark.parametrize("name", ["word_desktop.txt", "word_web.txt"])
def test_word_sent_as_text_loses_its_rubbish(name):
    html = sent_as_text(name)
    for rubbish in (
        "mso",
        "Mso",
        "o:p",
        "class=",
        "style=",
        "st1:",
        "<!--",
        "@list",
        "file://",
        "<img",
        "xml",
    ):
        assert rubbish not in html, rubbish


def test_lists_of_different_sorts_do_not_run_together():
    item = "<p style='mso-list:{} level{} lfo1'><![if !supportLists]>{}<![endif]>{}</p>"
    html = "".join(
        item.format(*row)
        for row in [("l0", 2, "o", "deep first"), ("l0", 1, "·", "a"), ("l1", 1, "1.", "one")]
    )
    assert from_textarea(f"{html}<p>after</p>") == (
        "<ul><li><p>deep first</p></li></ul><ul><li><p>a</p></li></ul><ol><li><p>one</p></li></ol><p>after</p>"
    )
