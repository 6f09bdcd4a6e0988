from house.radar.models.source import Host, Source, SourceQuerySet, Standing
from house.radar.models.story import Item, ItemQuerySet, State, Step, Story, StoryQuerySet, Way

__all__ = [
    "Host",
    "Item",
    "ItemQuerySet",
    "Source",
    "SourceQuerySet",
    "Standing",
    "State",
    "Step",
    "Story",
    "StoryQuerySet",
    "Way",
]
