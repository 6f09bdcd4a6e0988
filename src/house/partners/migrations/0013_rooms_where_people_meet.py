"""What it takes to look after the rooms where people meet."""

from django.db import migrations

GIVEN = {
    "agora.moderate": ["curator", "office"],
    "gatherings.run": ["office"],
    "meetings.offer": ["expert", "office"],
    "visits.plan": ["office"],
}


def give(apps, schema_editor):
    right, table = apps.get_model("partners", "Right"), apps.get_model("partners", "Table")
    right.objects.bulk_create(
        right(table=each, standing=standing, capability=capability)
        for each in table.objects.all()
        for capability, standings in GIVEN.items()
        for standing in standings
    )


def take(apps, schema_editor):
    apps.get_model("partners", "Right").objects.filter(capability__in=GIVEN).delete()


class Migration(migrations.Migration):
    dependencies = [("partners", "0012_work_for_any_city")]
    operations = [migrations.RunPython(give, take)]
