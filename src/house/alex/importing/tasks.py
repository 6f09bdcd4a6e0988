from house.alex.importing.runs import carry_out, sweep
from house.ground.tasks import task


@task()
def carry_out_import(run_pk: int) -> None:
    carry_out(run_pk)


@task()
def sweep_imports() -> None:
    """Once a day: private files don't wait for somebody to come back."""
    sweep()


# What the worker's clock starts each day.
DAILY = (sweep_imports,)
