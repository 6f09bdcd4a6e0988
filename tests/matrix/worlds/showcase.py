"""What of showcase stands in the world of the matrix."""

# Word → who may meet it, as a phrase of the table.
SECRETS = {}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    return {}
