"""The ways out of magazine: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    **dict.fromkeys(
        (
            "magazine:issue_list", "magazine:issue", "magazine:article", "magazine:feed", "magazine:issue_pdf",
            "magazine:issue_epub", "magazine:cover", "magazine:article_picture", "api:magazine_issues",
            "api:magazine_issue", "api:magazine_article",
        ),
        "magazine/tests/test_audience.py",
    ),
    "magazine:picture": "magazine/tests/test_desk.py",
    "magazine:plan": "magazine/tests/test_planning.py",
    "magazine:plan_act": "leads to the former",
    "magazine:plan_issue": "leads to the former",
    "magazine:moved_rows": "magazine/tests/test_planning.py",
    "magazine:subscribe": "one's own choice",
}  # fmt: skip
