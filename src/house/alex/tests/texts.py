"""Texts that may be handed in, and who does so."""

from house.partners.viewing import viewer_for
from tests.factories import TopicFactory

CASE = {
    "title": "Bike parking that filled up",
    "summary": "A district gave a street to parked bikes.",
    "language": "en",
    "topics": ["bike-sharing"],
    "fields": {
        "challenge": "<p>Pavements were blocked.</p>",
        "approach": "<p>We painted bays.</p>",
        "outcome_story": "<p>Fewer complaints.</p>",
    },
    "outcome": "worked",
    "outcome_why": "The bays were where people already parked.",
    "audience": "alliance",
    "candour": "person",
}


def case(**changes):
    TopicFactory(slug="bike-sharing")
    fields = {**CASE["fields"], **changes.pop("fields", {})}
    return {**CASE, "fields": fields, **changes}


def looking(somebody):
    """The viewer of a fixture (`.person`) or of a person."""
    return viewer_for(getattr(somebody, "person", somebody))
