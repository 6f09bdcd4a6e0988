from house.atlas.mobility.models.correction import Correction, Field, State
from house.atlas.mobility.models.edition import Edition, SourceFile
from house.atlas.mobility.models.place import IndexCity, NameMatch
from house.atlas.mobility.models.reading import FeedReading

__all__ = [
    "Correction",
    "Edition",
    "FeedReading",
    "Field",
    "IndexCity",
    "NameMatch",
    "SourceFile",
    "State",
]
