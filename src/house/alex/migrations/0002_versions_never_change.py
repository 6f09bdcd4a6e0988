from django.db import migrations

SQLITE = """
CREATE TRIGGER alex_version_never_changes BEFORE UPDATE ON alex_version
BEGIN SELECT RAISE(ABORT, 'A version never changes.'); END
"""
POSTGRES = """
CREATE FUNCTION alex_version_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'A version never changes.' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER alex_version_never_changes BEFORE UPDATE ON alex_version
FOR EACH ROW EXECUTE FUNCTION alex_version_refuses();
"""


def lay(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRES if on_postgres else SQLITE)


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER alex_version_never_changes ON alex_version")
        schema_editor.execute("DROP FUNCTION alex_version_refuses()")
    else:
        schema_editor.execute("DROP TRIGGER alex_version_never_changes")


class Migration(migrations.Migration):
    """SQLite drops a table's triggers when a later migration remakes it: that migration lays them again."""

    dependencies = [("alex", "0001_entries")]
    operations = [migrations.RunPython(lay, lift)]
