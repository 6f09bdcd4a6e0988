"""The API as one thing. Rooms bring routers; what spans rooms (me, search, answers) is answered here."""

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from house.agora.api import router as posts
from house.alex.api import router as entries
from house.api import benefits, house
from house.api.bodies import Keepable
from house.api.problems import teach
from house.atlas.clauses.api import router as clauses
from house.atlas.initiatives.api import router as initiatives
from house.atlas.mobility.api import router as mobility_index
from house.gatherings.api import router as events
from house.gatherings.market.api import router as suggestions
from house.groups.api import router as groups
from house.magazine.api import router as magazine
from house.meetings.api import sessions, visits_router
from house.radar.api import router as radar
from house.showcase.api import router as showcases

api = NinjaAPI(
    title="Digital House",
    version="1",
    description=(
        "Reads begin at the same door as the pages: without a token you see what the public sees. "
        "Send `Authorization: Bearer <token>` to be yourself. Lists are `{items, next}`; give `next` back as "
        "`cursor`. Errors are RFC 9457 problem details with a stable `code`."
    ),
    docs_url=None,
    urls_namespace="api",
    parser=Keepable(),
)
teach(api)
api.add_router("", house.router)
api.add_router("/entries", entries)
api.add_router("/posts", posts)
api.add_router("/benefits", benefits.router)
api.add_router("/events", events)
api.add_router("/groups", groups)
api.add_router("/magazine", magazine)
api.add_router("/one-on-ones", sessions)
api.add_router("/visits", visits_router)
api.add_router("/suggestions", suggestions)
api.add_router("/showcases", showcases)
api.add_router("/mobility-index", mobility_index)
api.add_router("/radar", radar)
api.add_router("/initiatives", initiatives)
api.add_router("/clauses", clauses)


def openapi_document() -> dict[str, Any]:
    """The contract, as committed in docs/openapi.json."""
    document: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    return document


def operations() -> Iterator[Operation]:
    """Every operation of the API; its `auth_param` is the `Calling` that judges it."""
    for router in api._get_bound_routers():  # noqa: SLF001 -- ninja has no public list
        for path_view in router.path_operations.values():
            yield from path_view.operations
