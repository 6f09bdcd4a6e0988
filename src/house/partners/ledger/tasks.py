from house.ground.tasks import task
from house.partners.ledger.due import settle


@task()
def settle_the_ledger() -> None:
    """Once a day for all cities: what is due is granted, what is over runs out. Readers need not wait."""
    settle()


# What the worker's clock starts each day.
DAILY = (settle_the_ledger,)
