import django.utils.timezone
import house.ground.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('retrieval', '0001_passages'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='OutboxRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=32)),
                        ('object_id', models.BigIntegerField()),
                        ('touched_at', models.DateTimeField(auto_now_add=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                        ('problem', models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Passage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=32)),
                        ('object_id', models.BigIntegerField()),
                        ('version', models.PositiveIntegerField()),
                        ('ordinal', models.PositiveIntegerField()),
                        ('external_id', models.CharField(db_index=True, max_length=255)),
                        ('title', models.TextField(blank=True)),
                        ('heading', models.TextField(blank=True)),
                        ('text', models.TextField()),
                        ('language', models.CharField(blank=True, max_length=16)),
                        ('anchor', models.CharField(blank=True, max_length=255)),
                        ('page', models.PositiveIntegerField(blank=True, null=True)),
                        ('start', models.FloatField(blank=True, null=True)),
                        ('end', models.FloatField(blank=True, null=True)),
                        ('speaker', models.CharField(blank=True, max_length=255)),
                        ('digest', models.BigIntegerField(db_index=True)),
                    ],
                    options={
                        'ordering': ['kind', 'object_id', 'ordinal'],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'external_id'), name='retrieval_passage_named_once')],
                    },
                ),
            ],
        ),
    ]
