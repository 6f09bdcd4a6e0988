import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.ground.html import paragraphs, safe_url, sanitise, to_text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="java\nscript:alert(1)">x</a>',
        '<p style="background:url(x)" onclick="x()" class="y" id="main">text</p>',
        "<iframe src=//evil.example></iframe>",
        "<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>",
        "<form action=/sign-out><button>x</button></form>",
        "<p>unclosed <b>bold",
    ],
)
def test_nothing_that_acts_comes_through(hostile):
    safe = sanitise(hostile)
    assert not re.search(
        r"script|onerror|onclick|style|class=|id=|<img|<iframe|<form|<svg|<math",
        safe,
        re.IGNORECASE,
    )


def test_structure_comes_through():
    kept = "<h2>Heading</h2><ul><li>one<ol><li>two</li></ol></li></ul><table><tbody><tr><td>cell</td></tr></tbody></table>"
    assert sanitise(kept) == kept


def test_headings_and_bold_are_renamed_to_ours():
    assert (
        sanitise("<h1>A</h1><b>x</b><i>y</i><h6>B</h6>")
        == "<h2>A</h2><strong>x</strong><em>y</em><h4>B</h4>"
    )


def test_links_tell_search_engines_and_windows_nothing():
    assert 'rel="noopener noreferrer nofollow"' in sanitise('<a href="https://example.org/">x</a>')


@given(st.text(max_size=300))
def test_sanitising_twice_changes_nothing(value):
    once = sanitise(value)
    assert sanitise(once) == once


@given(st.text(max_size=300))
def test_text_of_escaped_text_is_the_text(value):
    from house.ground.text import clean

    assert to_text(paragraphs(value)).split() == clean(value).split()


def test_text_keeps_blocks_on_lines_and_cells_apart():
    assert to_text("<p>One</p><ul><li>two</li><li>three</li></ul>") == "One\ntwo\nthree"
    assert to_text("<table><tr><td>a</td><td>b</td></tr></table>") == "a\tb"


@pytest.mark.parametrize(
    "bad", ["javascript:x", "//host", "ftp://host/", "https://", "data:text/html,x", "http://["]
)
def test_only_web_addresses_are_safe(bad):
    assert safe_url(bad) == ""
