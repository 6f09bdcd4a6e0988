import json

from django.db import migrations, models
from django.utils import timezone


def remember(apps, schema_editor):
    """An article that the house drafted began with the title of its source, and a card that leads there."""
    articles = apps.get_model("magazine", "Article").objects
    revisions = apps.get_model("wagtailcore", "Revision").objects
    rows = apps.get_model("retrieval", "OutboxRow").objects
    made = set(apps.get_model("magazine", "Plan").objects.exclude(issue=None).values_list("issue", flat=True))
    of_articles = {"content_type__app_label": "magazine", "content_type__model": "article"}
    for pk in articles.exclude(source_kind="").values_list("pk", flat=True):
        first = revisions.filter(object_id=str(pk), **of_articles).order_by("pk").first()
        if first is None or first.content.get("issue") not in made:
            continue  # a person's hand
        blocks = json.loads(first.content.get("body") or "[]")
        paths = [block["value"]["path"] for block in blocks if block["type"] in {"entry", "event"}]
        if paths:
            articles.filter(pk=pk).update(lent_title=first.content["title"], lent_title_from=paths[0])
            rows.create(kind="article", object_id=pk, not_before=timezone.now())  # the index held titles


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('magazine', '0005_lent_words'),
        ('retrieval', '0001_whole'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='lent_title',
            field=models.CharField(blank=True, editable=False, max_length=160),
        ),
        migrations.AddField(
            model_name='article',
            name='lent_title_from',
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
