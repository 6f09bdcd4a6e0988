"""What the house knows already about what somebody is about to ask: ALEX and earlier threads alike."""

from dataclasses import dataclass

from house.access.viewer import Viewer
from house.agora.asked import asked_before
from house.agora.models import Post
from house.retrieval.snippets import Parts

MOST = 6
READ = 600  # characters of what is being written


@dataclass(frozen=True, slots=True)
class Known:
    """One thing behind the writer's door."""

    title: str
    url: str
    kind: str
    language: str
    snippet: Parts
    snippet_language: str
    is_thread: bool
    is_solved: bool = False


def known_about(text: str, viewer: Viewer) -> list[Known]:
    """In any language, best first. What hides its city is found by its words and by nothing else."""
    hits = asked_before(text[:READ], viewer=viewer, limit=MOST)
    found = []
    for hit in hits:
        thread = hit.thing if isinstance(hit.thing, Post) else None
        found.append(
            Known(
                title=str(hit.thing),
                url=hit.thing.get_absolute_url(),  # type: ignore[attr-defined] -- every findable thing has one
                kind=getattr(hit.thing, "kind", hit.kind),
                language=getattr(hit.thing, "language", ""),
                snippet=hit.snippet,
                snippet_language=hit.language,
                is_thread=thread is not None,
                is_solved=thread is not None and thread.accepted_id is not None,
            )
        )
    return found
