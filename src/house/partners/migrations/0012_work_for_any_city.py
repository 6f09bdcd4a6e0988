"""What the foundation's people did in ALEX by what they are becomes cells of the table."""

from django.db import migrations

GIVEN = {
    "alex.everywhere": ["expert", "curator", "office"],
    "alex.oversee": ["office"],
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
    dependencies = [("partners", "0011_change_can_be_taken_back")]
    operations = [migrations.RunPython(give, take)]
