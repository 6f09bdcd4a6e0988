from house.alex.importing.runs import carry_out
from house.ground.tasks import task


@task()
def carry_out_import(run_pk: int) -> None:
    carry_out(run_pk)
