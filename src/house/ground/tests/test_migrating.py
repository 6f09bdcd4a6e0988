from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from house.ground.migrating import CreateModels


def test_a_house_that_went_the_former_chains_goes_on(db):
    recorder = MigrationRecorder(connection)
    former = {
        step
        for migration in MigrationExecutor(connection).loader.replacements.values()
        for step in migration.replaces
    }
    assert len(former) > 50
    assert former <= set(recorder.applied_migrations())
    # Such a house knows the single steps, and not what took their place.
    recorder.migration_qs.filter(name="0001_whole", app__in={app for app, _name in former}).delete()

    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    assert executor.migration_plan(leaves) == []
    executor.migrate(leaves)
    assert ("alex", "0001_whole") in recorder.applied_migrations()


def test_tables_that_need_each_other_come_and_go_again(transactional_db):
    def pointing(name, to):
        return CreateModel(
            name,
            [("id", models.BigAutoField(primary_key=True)), ("to", models.ForeignKey(to, models.CASCADE, null=True))],
        )  # fmt: skip

    both = CreateModels([pointing("Hen", "ground.egg"), pointing("Egg", "ground.hen")])
    before, after = ProjectState(), ProjectState()
    both.state_forwards("ground", after)
    tables = {"ground_hen", "ground_egg"}
    with connection.schema_editor() as editor:
        both.database_forwards("ground", editor, before, after)
    assert tables <= set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        both.database_backwards("ground", editor, after, before)
    assert not tables & set(connection.introspection.table_names())
