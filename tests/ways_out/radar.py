"""The ways out of radar: see tests/readers.py."""

_LEAKS = "radar/tests/test_leaks.py and the matrix"
_DESK = "for curators, who see every story: the matrix"

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    **dict.fromkeys(
        ("radar:story_list", "radar:story", "radar:story_feed", "radar:source_export",
         "api:radar_stories", "api:radar_story"), _LEAKS),
    **dict.fromkeys(
        ("radar:desk", "radar:story_pick", "radar:story_drop", "radar:story_split", "radar:story_undo",
         "radar:merge", "radar:source_list", "radar:source_new", "radar:source_import", "radar:source_edit",
         "radar:source_act"), _DESK),
}  # fmt: skip
