"""The ways out of agora: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "agora:post_list": "agora/tests/test_candour_redteam.py",
    "agora:post_feed": "agora/tests/test_candour_redteam.py",
    "agora:my_posts": "one's own",
    "agora:post_new": "agora/tests/test_candour_redteam.py",
    "agora:post_look": "agora/tests/test_candour_redteam.py",
    "agora:unsent_keep": "keeps what was typed",
    "agora:moderation": "agora/tests/test_moderation.py",
    "agora:case": "agora/tests/test_moderation.py",
    "agora:file": "agora/tests/test_candour_redteam.py",
    "agora:file_remove": "leads back",
    "agora:post": "agora/tests/test_candour_redteam.py",
    "agora:post_edit": "one's own words",
    "agora:post_discard": "leads back",
    "agora:answer_new": "agora/tests/test_candour_redteam.py",
    "agora:answer": "leads to the thread",
    "agora:answer_accept": "leads back",
    "agora:comment_new": "agora/tests/test_candour_redteam.py",
    "agora:said_edit": "one's own words",
    "agora:helped_new": "agora/tests/test_candour_redteam.py",
    "agora:post_follow": "leads back",
    "agora:post_history": "agora/tests/test_candour_redteam.py",
    "agora:post_close": "agora/tests/test_candour_redteam.py",
    "agora:post_merge": "agora/tests/test_candour_redteam.py",
    "agora:report_new": "agora/tests/test_candour_redteam.py",
}
