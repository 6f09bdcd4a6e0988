"""What of notices stands in the world of the matrix."""

from house.notices import leaving

# Word → who may meet it, as a phrase of the table.
SECRETS = {}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    token = leaving.token_for(world.persons["partner"], leaving.EVERYTHING)
    return {"leaving": {"known": {"token": token}, "broken": {"token": f"x{token}"}}}
