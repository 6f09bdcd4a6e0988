import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_journal")]

    operations = [
        migrations.AddField("journalrow", "number", models.BigIntegerField(null=True, editable=False)),
        migrations.AddField(
            "journalrow", "digest", models.CharField(default="", editable=False, max_length=64), preserve_default=False
        ),
        migrations.AlterField("journalrow", "at", models.DateTimeField(default=django.utils.timezone.now, db_index=True)),
        migrations.AlterField("journalrow", "person_id", models.BigIntegerField(null=True, db_index=True)),
    ]
