from django.db import migrations


def wait(apps, schema_editor):
    """What was published before its issue is approved and waits for it: nobody but editors could read it."""
    articles = apps.get_model("magazine", "Article").objects
    for article in articles.filter(live=True, issue__live=False, live_revision__isnull=False):
        articles.filter(pk=article.pk).update(
            live=False, approved=article.live_revision_id, live_revision=None, has_unpublished_changes=True
        )


def go_back(apps, schema_editor):
    articles = apps.get_model("magazine", "Article").objects
    for article in articles.filter(live=False, approved__isnull=False):
        articles.filter(pk=article.pk).update(live=True, live_revision=article.approved_id)


class Migration(migrations.Migration):

    dependencies = [
        ('magazine', '0003_approved_waits_for_its_issue'),
    ]

    operations = [
        migrations.RunPython(wait, go_back),
    ]
