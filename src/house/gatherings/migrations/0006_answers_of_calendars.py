from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0005_offer_of_a_suggestion")]

    operations = [
        migrations.RemoveField("hostingoffer", "suggestion_code"),
        migrations.AddField(
            "registration", "answered", models.CharField(blank=True, max_length=9, default=""),
            preserve_default=False,
        ),
    ]
