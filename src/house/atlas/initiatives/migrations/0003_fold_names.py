"""The names that are here, as a word is looked for in them."""

from django.db import migrations

from house.ground.text import folded

AT_ONCE = 500


def fold(apps, schema_editor):
    initiatives = apps.get_model("initiatives", "Initiative")
    rows = []
    for row in initiatives.objects.only("pk", "name").iterator(chunk_size=AT_ONCE):
        row.name_folded = folded(row.name)[:240]
        rows.append(row)
    initiatives.objects.bulk_update(rows, ["name_folded"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0002_names_and_renewals")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
