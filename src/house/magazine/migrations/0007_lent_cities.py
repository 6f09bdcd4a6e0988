from django.db import migrations, models
from django.utils import timezone


def remember(apps, schema_editor):
    """An article that the house drafted began with the cities of its source: they stand in its first revision."""
    articles = apps.get_model("magazine", "Article").objects
    revisions = apps.get_model("wagtailcore", "Revision").objects
    rows = apps.get_model("retrieval", "OutboxRow").objects
    of_articles = {"content_type__app_label": "magazine", "content_type__model": "article"}
    for pk in articles.exclude(lent_title_from="").values_list("pk", flat=True):
        first = revisions.filter(object_id=str(pk), **of_articles).order_by("pk").first()
        cities = first.content.get("cities") if first else None
        if cities:
            articles.filter(pk=pk).update(lent_cities=cities)
            rows.create(kind="article", object_id=pk, not_before=timezone.now())  # the index held them


class Migration(migrations.Migration):

    dependencies = [
        ('magazine', '0006_lent_titles'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='lent_cities',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
