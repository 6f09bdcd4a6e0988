"""What of the topic market stands in the world of the matrix."""

from house.gatherings.models import Suggestion, Support

# Word → who may meet it, as a phrase of the table.
SECRETS = {"zztopic": "inside"}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    rows = {}
    for state, reason in (("open", ""), ("declined", "The summit is full.")):
        topic = Suggestion.objects.create(
            title=f"The zztopic {state}", target="seminar", state=state, reason=reason,
            city=cities["ours"], suggested_by=world.persons["partner"],
        )  # fmt: skip
        Support.objects.create(
            suggestion=topic, city=cities["ours"], person=world.persons["partner"]
        )
        rows[state] = {"code": topic.code}
    return {"suggestion": rows}
