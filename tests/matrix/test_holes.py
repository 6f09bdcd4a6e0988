"""Classes of holes that were found in systems like this one, each asked by name of the routes where it would open."""

import pytest

from tests.matrix.plan import ABSENT, IN, KINDS, ROWS
from tests.matrix.test_matrix import Browser, ask

pytestmark = pytest.mark.django_db
# Ways that show the same text as a page by another door: programs, previews, comparisons, copies, exports.
SIDE_DOORS = (
    "api:entry", "alex:entry_preview", "alex:entry_diff", "alex:entry_version", "alex:entry_cite",
    "alex:entry_jsonld", "alex:entry_dc", "alex:entry_share", "alex:entry_similar",
)  # fmt: skip
EXPORTS = [
    name
    for name, row in ROWS.items()
    if row.fill.get("form") == "csv" or name.endswith(("_export", "_download"))
]
# What belongs to a city, as its own coordinator sees it and the people of another city must not.
OTHERS = {
    "alex:entry": ["city", "draft", "submitted", "withdrawn", "private"],
    "alex:entry_edit": ["city", "draft", "submitted", "private"],
    "api:entry": ["city", "private"],
    "partners:invitation_act": ["ours"], "partners:domain_act": ["ours"], "partners:join_request": ["ours"],
    "partners:benefit_release": ["ours"], "partners:seat": ["ours"], "partners:seat_brief": ["ours"],
    "people:token_revoke": ["hers"],
}  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    return Browser()


@pytest.mark.parametrize("name", SIDE_DOORS)
def test_hole_1_no_side_door_shows_what_the_page_hides(world, browser, name):
    """Decidim CVE-2026-40870, Wagtail 2026-44197, HumHub 2026-47657, Indico 2026-28352."""
    row = ROWS[name]
    hidden = [
        (kind, state)
        for state in row.all_states
        for kind in KINDS
        if row.expects(kind, "GET", state) == ABSENT
    ]
    assert hidden
    for kind, state in hidden:
        answer = ask(browser, world, row, kind, "GET", state)
        assert answer.status == 404, (kind, state)
        assert f"zz{state}case" not in answer.text.lower()


@pytest.mark.parametrize("name", EXPORTS)
def test_hole_1_no_export_is_handed_to_who_may_not_see_its_page(world, browser, name):
    row = ROWS[name]
    method = "GET" if row.get else "POST"
    for state in row.all_states:
        for kind in KINDS:
            answer = ask(browser, world, row, kind, method, state)
            assert (answer.status == 200) == (row.expects(kind, method, state) == IN), kind


@pytest.mark.parametrize("name", ["alex:entry", "api:entry", "front:search", "api:find", "alex:entry_list"])  # fmt: skip
def test_hole_3_who_lost_her_partnership_meets_no_trace_of_what_she_read(world, browser, name):
    """Names, counts, snippets and existence after revocation: Discourse 2024-28242, Indico 2025-53640."""
    row = ROWS[name]
    public = {"", "public"}
    for kind in ("ended", "suspended", "signed out", "guest"):
        for state in row.all_states:
            text = ask(browser, world, row, kind, "GET", state).text.lower()
            for hidden in ("alliance", "city", "othercity", "sealed", "private", "draft"):
                if hidden not in public:
                    assert f"zz{hidden}case" not in text, (kind, state)


@pytest.mark.parametrize("name", OTHERS)
def test_hole_5_nobody_reaches_into_another_city(world, browser, name):
    """Zulip 2025-30368, Decidim 2026-45414."""
    row = ROWS[name]
    for state in OTHERS[name]:
        for kind in ("premium", "associate"):
            for method in ("GET", "POST"):
                if row.phrase(method) is None:
                    continue
                answer = ask(browser, world, row, kind, method, state)
                assert answer.status in {403, 404}, (kind, state, method)
