"""How the index is made from what an edition holds. Pure, by version: an old edition keeps its old method."""

from house.atlas.mobility.method import first
from house.atlas.mobility.method.parameters import Parameters

# Version → how it computes. A version is never changed once an edition names it: a new one is added.
VERSIONS = {"1": first.compute}
LATEST = "1"

__all__ = ["LATEST", "VERSIONS", "Parameters"]
