import django.db.models.deletion
from django.db import migrations, models


def link(apps, _schema):
    """What was typed as a code becomes the topic that has it; a code that no topic has is dropped."""
    offers, topics = (apps.get_model("gatherings", name) for name in ("HostingOffer", "Suggestion"))
    for offer in offers.objects.exclude(suggestion_code=""):
        offers.objects.filter(pk=offer.pk).update(
            suggestion=topics.objects.filter(code=offer.suggestion_code).first()
        )


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0004_topic_market")]

    operations = [
        migrations.RenameField("hostingoffer", "suggestion", "suggestion_code"),
        migrations.AddField(
            "hostingoffer",
            "suggestion",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="gatherings.suggestion",
                verbose_name="suggested topic",
            ),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
    ]
