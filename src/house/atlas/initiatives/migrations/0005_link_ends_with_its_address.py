"""A link that is out goes on while the address it went to, which is the one kept now, stays."""

import hashlib

from django.db import migrations, models


def bind(apps, schema_editor):
    asks = apps.get_model("initiatives", "Ask")
    for ask in asks.objects.exclude(digest="").select_related("initiative").iterator():
        told = f"{ask.digest} {ask.initiative.email.casefold()}"
        ask.sent_to = hashlib.sha256(told.encode()).hexdigest()
        ask.save(update_fields=["sent_to"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0004_count_of_kinds")]
    operations = [
        migrations.AddField(
            model_name="ask",
            name="sent_to",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
