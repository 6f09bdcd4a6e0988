from django.db import migrations

SQLITE = """
CREATE TRIGGER partners_movement_never_{act}s BEFORE {act} ON partners_movement
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END
"""
POSTGRES = """
CREATE FUNCTION partners_movement_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The ledger is append-only.' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER partners_movement_append_only BEFORE UPDATE OR DELETE ON partners_movement
FOR EACH ROW EXECUTE FUNCTION partners_movement_refuses();
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES)
        return
    for act in ("UPDATE", "DELETE"):
        schema_editor.execute(SQLITE.format(act=act))


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER partners_movement_append_only ON partners_movement")
        schema_editor.execute("DROP FUNCTION partners_movement_refuses()")
        return
    for act in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER partners_movement_never_{act}s")


class Migration(migrations.Migration):
    """SQLite drops a table's triggers when a later migration remakes it: that migration lays them again."""

    dependencies = [("partners", "0009_the_ledger")]
    operations = [migrations.RunPython(lay, lift)]
