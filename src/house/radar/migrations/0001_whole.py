import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('radar', '0001_stories'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_whole'),
        ('vocabulary', '0001_whole'),
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Host',
                    fields=[
                        ('name', models.CharField(max_length=260, primary_key=True, serialize=False)),
                        ('robots', models.TextField(blank=True)),
                        ('robots_at', models.DateTimeField(blank=True, null=True)),
                        ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='Source',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('url', models.CharField(max_length=500, unique=True, verbose_name='address of the feed')),
                        ('site', models.CharField(blank=True, max_length=500, verbose_name='address of its site')),
                        ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                        ('standing', models.CharField(choices=[('active', 'Read'), ('paused', 'Paused'), ('gone', 'Gone for good')], default='active', max_length=8)),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('etag', models.CharField(blank=True, max_length=300)),
                        ('modified', models.CharField(blank=True, max_length=100)),
                        ('next_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ('tried_at', models.DateTimeField(blank=True, null=True)),
                        ('succeeded_at', models.DateTimeField(blank=True, null=True)),
                        ('brought_at', models.DateTimeField(blank=True, null=True)),
                        ('failures', models.PositiveSmallIntegerField(default=0)),
                        ('trouble', models.CharField(blank=True, max_length=300)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city', verbose_name='city')),
                    ],
                    options={
                        'ordering': ['name', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('standing__in', ['active', 'paused', 'gone'])), name='radar_source_standing_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Story',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('title', models.CharField(max_length=300)),
                        ('language', models.CharField(default='en', max_length=12)),
                        ('state', models.CharField(choices=[('new', 'Not looked at'), ('picked', 'Picked'), ('dropped', 'Dropped'), ('merged', 'Merged')], default='new', max_length=8)),
                        ('audience', models.CharField(choices=[('public', 'Everyone'), ('alliance', 'All partner cities')], default='alliance', max_length=8)),
                        ('note', models.TextField(blank=True, max_length=1200, verbose_name='note')),
                        ('note_language', models.CharField(blank=True, max_length=12)),
                        ('picked_at', models.DateTimeField(blank=True, null=True)),
                        ('first_at', models.DateTimeField()),
                        ('last_at', models.DateTimeField(db_index=True)),
                        ('sources', models.PositiveSmallIntegerField(default=1)),
                        ('cities', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.city')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='radar.story')),
                        ('picked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', '-last_at'], name='radar_story_state_6d2765_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['new', 'picked', 'dropped', 'merged'])), name='radar_story_state_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'alliance'])), name='radar_story_audience_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'picked'), _negated=True), models.Q(models.Q(('note', ''), _negated=True), ('picked_at__isnull', False)), _connector='OR'), name='radar_picked_with_a_note'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='radar_merged_into_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Step',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('pick', 'Picked'), ('drop', 'Dropped'), ('merge', 'Merged'), ('split', 'Split off')], max_length=8)),
                        ('before', models.JSONField(default=dict)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='radar.story')),
                        ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='radar.story')),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Item',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('key', models.CharField(max_length=64)),
                        ('title', models.CharField(max_length=300)),
                        ('url', models.CharField(blank=True, max_length=1000)),
                        ('canonical', models.CharField(blank=True, db_index=True, max_length=64)),
                        ('author', models.CharField(blank=True, max_length=120)),
                        ('summary', models.TextField(blank=True)),
                        ('language', models.CharField(default='en', max_length=12)),
                        ('published_at', models.DateTimeField(db_index=True)),
                        ('is_dated', models.BooleanField(default=True)),
                        ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('sketch', models.BinaryField(default=bytes)),
                        ('vector', models.BinaryField(default=bytes)),
                        ('topics', models.JSONField(default=list)),
                        ('cities', models.JSONField(default=list)),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='radar.source')),
                        ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='radar.story')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='radar_item_once_a_source')],
                    },
                ),
            ],
        ),
    ]
