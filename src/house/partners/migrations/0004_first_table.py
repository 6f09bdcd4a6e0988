"""The table that stands becomes the first version, with the seats and the foundation's work as standings."""

import datetime

from django.db import migrations

READING = ["people.directory", "partnership.read"]
SPEAKING = ["partnership.manage"]
EXPERT = [
    "alex.read", "alex.write", "magazine.read", "agora.read", "agora.write", "gatherings.read", "gatherings.attend",
    "gatherings.host", "topics.suggest", "people.directory",
]
CURATOR = [*EXPERT, "alex.review", "office.today", "office.import"]
OFFICE = [
    *CURATOR, "showcase.publish", "office.partnerships", "office.people", "office.rights", "office.ledger",
    "office.journal", "office.work", "office.reveal",
]
ADDED = {
    "associate": READING, "partner": READING, "premium": READING, "contact": SPEAKING, "coordinator": SPEAKING,
    "expert": EXPERT, "curator": CURATOR, "office": OFFICE,
}
BENEFITS = [
    ("one-on-one", "One-on-one session", "A session with an expert of the foundation.", "meetings.book"),
    ("full-day-visit", "Full-day visit", "The foundation comes to your city for a day.", "visits.request"),
    ("hosting-slot", "Hosting slot", "Host a seminar or workshop of the alliance.", "gatherings.host"),
]
ALLOWANCES = [
    ("associate", "one-on-one", 1, "year"), ("partner", "one-on-one", 1, "quarter"),
    ("premium", "one-on-one", 1, "quarter"), ("premium", "full-day-visit", 1, "year"),
    ("partner", "hosting-slot", 1, "year"), ("premium", "hosting-slot", 2, "year"),
]
SEATS = {"associate": 3, "partner": 10, "premium": 25}
BEGINNING = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def fill(apps, schema_editor):
    right = apps.get_model("partners", "Right")
    table = apps.get_model("partners", "Table").objects.create(
        effective_from=BEGINNING, note="The first table", seats=SEATS
    )
    right.objects.update(table=table)
    right.objects.bulk_create(
        right(table=table, standing=standing, capability=name)
        for standing, names in ADDED.items()
        for name in names
    )
    benefit, allowance = apps.get_model("partners", "Benefit"), apps.get_model("partners", "Allowance")
    for code, name, description, capability in BENEFITS:
        benefit.objects.create(code=code, name=name, description=description, capability=capability)
    for level, code, units, per in ALLOWANCES:
        allowance.objects.create(table=table, level=level, benefit_id=code, units=units, per=per)


def empty(apps, schema_editor):
    """Back to one table of the levels alone: what rules now stays, without what was added to it."""
    right, table = apps.get_model("partners", "Right"), apps.get_model("partners", "Table")
    ruling = table.objects.filter(withdrawn_at=None).order_by("-effective_from", "-pk").first()
    right.objects.exclude(table=ruling).delete()
    right.objects.exclude(standing__in=["associate", "partner", "premium"]).delete()
    right.objects.filter(capability__in=READING).delete()
    right.objects.update(table=None)
    apps.get_model("partners", "Allowance").objects.all().delete()
    table.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_rights_by_version")]
    operations = [migrations.RunPython(fill, empty)]
