from django.db import migrations

# A later migration that remakes the table on SQLite loses these: it must make them again.
SQLITE = (
    "CREATE TRIGGER access_journal_no_{act} BEFORE {act} ON access_journalrow"
    " BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END"
)
POSTGRESQL = """
CREATE FUNCTION access_journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The journal is append-only.' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER access_journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON access_journalrow
  FOR EACH STATEMENT EXECUTE FUNCTION access_journal_append_only();
"""


def close(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(act=act))
    else:
        schema_editor.execute(POSTGRESQL)


def open_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER access_journal_no_{act}")
    else:
        schema_editor.execute("DROP TRIGGER access_journal_no_change ON access_journalrow")
        schema_editor.execute("DROP FUNCTION access_journal_append_only()")


class Migration(migrations.Migration):
    dependencies = [("access", "0004_chain_holds")]

    operations = [migrations.RunPython(close, open_again)]
