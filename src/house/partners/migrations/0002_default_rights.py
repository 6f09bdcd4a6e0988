from django.db import migrations

READING = ["alex.read", "magazine.read", "agora.read", "gatherings.read", "meetings.book"]
TAKING_PART = [
    "alex.write", "agora.write", "gatherings.attend", "gatherings.host", "topics.suggest", "showcase.publish",
]
TABLE = {
    "associate": READING,
    "partner": READING + TAKING_PART,
    "premium": READING + TAKING_PART + ["visits.request"],
}


def fill(apps, schema_editor):
    right = apps.get_model("partners", "Right")
    right.objects.bulk_create(
        right(level=level, capability=name) for level, names in TABLE.items() for name in names
    )


def empty(apps, schema_editor):
    apps.get_model("partners", "Right").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_partnerships_seats_circles_rights")]
    operations = [migrations.RunPython(fill, empty)]
