from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("partners", "0008_applications_and_first_weeks")]

    operations = [
        migrations.AddField(
            model_name="partnershipchange",
            name="was",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
