import django.utils.timezone
import house.ground.migrating
from django.db import migrations, models


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

    replaces = [
        ('access', '0001_journal'),
        ('access', '0002_chain_columns'),
        ('access', '0003_chain_old_rows'),
        ('access', '0004_chain_holds'),
        ('access', '0005_append_only_in_the_database'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='JournalRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ('act', models.CharField(db_index=True, max_length=60)),
                        ('kind', models.CharField(blank=True, max_length=60)),
                        ('object_id', models.CharField(blank=True, max_length=40)),
                        ('person_id', models.BigIntegerField(db_index=True, null=True)),
                        ('reason', models.TextField(blank=True)),
                        ('facts', models.JSONField(default=dict)),
                        ('number', models.BigIntegerField(editable=False, unique=True)),
                        ('digest', models.CharField(editable=False, max_length=64)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['kind', 'object_id'], name='access_jour_kind_b845ac_idx')],
                    },
                ),
            ],
        ),
        migrations.RunPython(close, open_again),
    ]
