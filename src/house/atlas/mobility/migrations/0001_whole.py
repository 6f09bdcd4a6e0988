import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('mobility', '0001_index'),
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
                    name='FeedReading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('system', models.CharField(max_length=120)),
                        ('read_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('url', models.CharField(blank=True, max_length=500)),
                        ('answered', models.BooleanField()),
                        ('said', models.JSONField(default=dict)),
                        ('problem', models.CharField(blank=True, max_length=300)),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('took_ms', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['-read_at', '-pk'],
                        'indexes': [models.Index(fields=['system', '-read_at'], name='mobility_fe_system_5eabdb_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='IndexCity',
                    fields=[
                        ('code', models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('country', models.CharField(max_length=2)),
                        ('city', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vocabulary.city')),
                    ],
                    options={
                        'ordering': ['name', 'code'],
                    },
                ),
                migrations.CreateModel(
                    name='SourceFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=10)),
                        ('name', models.CharField(max_length=200)),
                        ('as_of', models.DateField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('size', models.PositiveIntegerField()),
                        ('rows', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=200)),
                        ('url', models.CharField(blank=True, max_length=400)),
                        ('licence', models.CharField(max_length=100)),
                        ('odd', models.JSONField(default=list)),
                        ('body', models.BinaryField()),
                        ('imported_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['-as_of', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'sha256', 'as_of'), name='mobility_a_file_is_kept_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=20, unique=True)),
                        ('as_of', models.DateField()),
                        ('revision', models.PositiveSmallIntegerField(default=1)),
                        ('method', models.CharField(max_length=8)),
                        ('parameters', models.JSONField()),
                        ('sources', models.JSONField(default=list)),
                        ('bundle', models.BinaryField()),
                        ('bundle_digest', models.CharField(max_length=64)),
                        ('result', models.BinaryField()),
                        ('result_digest', models.CharField(max_length=64)),
                        ('counts', models.JSONField(default=dict)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mobility.edition')),
                    ],
                    options={
                        'ordering': ['-as_of', '-revision'],
                        'constraints': [models.UniqueConstraint(fields=('as_of', 'revision'), name='mobility_edition_numbered')],
                    },
                ),
                migrations.CreateModel(
                    name='Correction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('field', models.CharField(choices=[('population', 'Population'), ('stations', 'Stations of shared vehicles'), ('vehicles', 'Shared vehicles that stand freely'), ('operators', 'Operators')], max_length=10, verbose_name='what is wrong')),
                        ('value', models.FloatField(verbose_name='the right value')),
                        ('on', models.DateField(verbose_name='true on')),
                        ('source', models.CharField(max_length=200, verbose_name='source')),
                        ('url', models.URLField(blank=True, max_length=400, verbose_name='address of the source')),
                        ('document', models.FileField(blank=True, upload_to='mobility/%Y/')),
                        ('document_name', models.CharField(blank=True, max_length=120)),
                        ('reason', models.TextField(max_length=2000, verbose_name='why our value is wrong')),
                        ('was', models.FloatField(null=True)),
                        ('edition', models.CharField(blank=True, max_length=20)),
                        ('state', models.CharField(choices=[('waiting', 'Waits for a curator'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn by the city')], default='waiting', max_length=9)),
                        ('answer', models.TextField(blank=True)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mobility.indexcity')),
                    ],
                    options={
                        'ordering': ['-made_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('place', 'field'), name='mobility_one_correction_waits'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='mobility_correction_is_no_debt'), models.CheckConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), models.Q(('document', ''), _negated=True), _connector='OR'), name='mobility_correction_has_evidence'), models.CheckConstraint(condition=models.Q(('field__in', ['population', 'stations', 'vehicles', 'operators']), ('state__in', ['waiting', 'accepted', 'refused', 'withdrawn'])), name='mobility_correction_known')],
                    },
                ),
                migrations.CreateModel(
                    name='NameMatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.CharField(max_length=200, unique=True)),
                        ('country', models.CharField(max_length=2)),
                        ('location', models.CharField(max_length=200)),
                        ('codes', models.JSONField(default=list)),
                        ('reason', models.CharField(max_length=500)),
                        ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['country', 'location'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='mobility_match_says_why')],
                    },
                ),
            ],
        ),
    ]
