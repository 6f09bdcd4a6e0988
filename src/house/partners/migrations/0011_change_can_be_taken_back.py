from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("partners", "0010_ledger_append_only")]

    operations = [
        migrations.AddField(
            model_name="partnershipchange",
            name="was",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
