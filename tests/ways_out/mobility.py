"""The ways out of mobility: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    **dict.fromkeys(
        (
            "mobility:index", "mobility:index_csv", "mobility:index_json", "mobility:city", "mobility:unmatched",
            "mobility:edition_list", "mobility:edition", "mobility:match", "mobility:readings",
        ),
        "open data: mobility/tests/test_pages.py",
    ),
    **dict.fromkeys(
        ("mobility:correction_list", "mobility:correction", "mobility:correction_document", "mobility:correct"),
        "mobility/tests/test_corrections.py",
    ),
    **dict.fromkeys(
        (
            "mobility:edition_new", "mobility:edition_check", "mobility:match_forget", "mobility:correction_decide",
            "mobility:correction_withdraw", "mobility:city_ask_feeds",
        ),
        "leads to the former",
    ),
    "mobility:method": "says nothing of anybody",
    **dict.fromkeys(
        ("api:mobility_index", "api:mobility_city", "api:mobility_editions"), "mobility/tests/test_pages.py"
    ),
}  # fmt: skip
