"""What it takes to make and to look after the rooms that the world sees."""

from django.db import migrations

EVERY_LEVEL = ["associate", "partner", "premium"]
OURS = ["curator", "office"]
GIVEN = {
    "showcase.curate": OURS,
    "magazine.edit": OURS,
    "radar.read": [*EVERY_LEVEL, "expert", *OURS],
    "radar.curate": OURS,
    "atlas.correct": EVERY_LEVEL,
    "atlas.curate": OURS,
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
    dependencies = [("partners", "0013_rooms_where_people_meet")]
    operations = [migrations.RunPython(give, take)]
