from django.db import migrations, models
from django.utils import timezone


def index_again(apps, schema_editor):
    """The index held quotes of articles; it is made without them now."""
    articles = apps.get_model("magazine", "Article").objects.filter(live=True)
    rows = apps.get_model("retrieval", "OutboxRow")
    rows.objects.bulk_create(
        [rows(kind="article", object_id=pk, not_before=timezone.now()) for pk in articles.values_list("pk", flat=True)]
    )


class Migration(migrations.Migration):

    dependencies = [
        ('magazine', '0004_live_articles_wait_for_their_issue'),
        ('retrieval', '0001_whole'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='lent_ended_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(index_again, migrations.RunPython.noop),
    ]
