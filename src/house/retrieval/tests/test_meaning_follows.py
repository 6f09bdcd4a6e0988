"""Words are searchable at once, meaning follows: what waits for its vector must not hide meanwhile."""

import pytest

from house.access.viewer import VISITOR
from house.retrieval import outbox
from house.retrieval.search import search

pytestmark = [pytest.mark.django_db, pytest.mark.model]

EMBEDDED = [
    "A borough counted bicycles that stood in the way of wheelchairs.",
    "Residents of a canal district asked for fewer scooters on the pavement.",
    "Operators of shared cars pay for each parking place they take.",
    "Couriers on cargo bikes bring parcels from a hub at the edge of town.",
    "A tram line was closed for a summer and cyclists took the street.",
    "A city let residents borrow tools and ladders from a library.",
]


def test_a_passage_that_waits_for_its_vector_is_found_by_its_words(notes, settings):
    settings.EMBEDDINGS_URL = ""
    for number, text in enumerate(EMBEDDED):
        notes.write(f"note {number}", text)
    outbox.drain()
    outbox.embed_pending()
    notes.write("velocipedes", "The velocipedes of the harbour were licensed by the mayor.")
    outbox.drain()
    assert outbox.pending().vectors == 1

    results = search("licensed velocipedes", viewer=VISITOR)

    assert results.mode == "both"
    assert results.hits[0].thing.title == "velocipedes"
