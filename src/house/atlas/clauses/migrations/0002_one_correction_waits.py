"""Of two corrections of one rule that wait, the later speaks for the city; the others are answered."""

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def keep_the_last(apps, schema_editor):
    corrections = apps.get_model("clauses", "Correction")
    met = set()
    for each in corrections.objects.filter(state="open").order_by("-pk"):
        rule = (each.city_id, each.field, each.type)
        if rule in met:
            each.state, each.reason = "refused", "Your city has sent a later correction of this rule."
            each.decided_at = timezone.now()
            each.save(update_fields=["state", "reason", "decided_at"])
        met.add(rule)


class Migration(migrations.Migration):
    dependencies = [("clauses", "0001_whole")]
    operations = [
        migrations.RunPython(keep_the_last, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                fields=["city", "field", "type"],
                condition=Q(state="open"),
                name="clauses_one_correction_waits",
            ),
        ),
    ]
