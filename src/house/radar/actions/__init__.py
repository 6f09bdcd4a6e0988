from house.radar.actions.curating import drop, merge, pick, split, undo
from house.radar.actions.sources import (
    add_source,
    add_sources,
    edit_source,
    pause_source,
    resume_source,
)

__all__ = [
    "add_source",
    "add_sources",
    "drop",
    "edit_source",
    "merge",
    "pause_source",
    "pick",
    "resume_source",
    "split",
    "undo",
]
