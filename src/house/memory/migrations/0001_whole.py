import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('memory', '0001_peer_questions'),
        ('memory', '0002_offers'),
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
                    name='PeerQuestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('question', models.TextField(max_length=2000, verbose_name='question')),
                        ('digest', models.CharField(editable=False, max_length=64)),
                        ('language', models.CharField(max_length=12, verbose_name='language')),
                        ('nearest', models.JSONField(default=list)),
                        ('kept_at', models.DateTimeField(auto_now_add=True)),
                        ('asked_at', models.DateTimeField(editable=False, null=True)),
                        ('asker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vocabulary.city')),
                    ],
                    options={
                        'ordering': ['-kept_at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('asker', 'digest'), name='memory_question_kept_once')],
                    },
                ),
                migrations.CreateModel(
                    name='NeverAsk',
                    fields=[
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                        ('since', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='Offer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('source', models.CharField(max_length=40)),
                        ('thing', models.BigIntegerField()),
                        ('template', models.CharField(max_length=20)),
                        ('content', models.JSONField(default=dict)),
                        ('cues', models.JSONField(default=list)),
                        ('speaks_for_somebody', models.BooleanField(default=False)),
                        ('state', models.CharField(choices=[('asking', 'Waits for those whose words it uses'), ('taken', 'With the curators'), ('published', 'Published'), ('empty', 'Nothing was left to offer'), ('withdrawn', 'Withdrawn')], default='asking', max_length=9)),
                        ('offered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answers_until', models.DateTimeField()),
                        ('entry', models.BigIntegerField(blank=True, db_index=True, null=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('offered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['source', 'thing'], name='memory_offe_source_aecd81_idx'), models.Index(condition=models.Q(('state', 'asking')), fields=['answers_until'], name='memory_offers_asking')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['taken', 'published']), _negated=True), ('entry__isnull', False), _connector='OR'), name='memory_offer_taken_has_an_entry')],
                    },
                ),
                migrations.CreateModel(
                    name='Helper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('what', models.CharField(max_length=200)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='memory.offer')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('offer', 'person'), name='memory_helped_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('answer', models.CharField(blank=True, choices=[('', 'Not answered yet'), ('given', 'Agreed'), ('left_out', 'Left out'), ('silent', 'Not answered in time, so left out')], default='', max_length=8)),
                        ('candour_there', models.CharField(choices=[('person', 'My name and my city'), ('city', 'My city, not my name'), ('described', 'A description of my city, not its name'), ('sealed', 'Neither my name nor my city')], default='sealed', max_length=9)),
                        ('candour', models.CharField(choices=[('person', 'My name and my city'), ('city', 'My city, not my name'), ('described', 'A description of my city, not its name'), ('sealed', 'Neither my name nor my city')], default='sealed', max_length=9, verbose_name='how you are named')),
                        ('described_as', models.CharField(blank=True, max_length=120)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='memory.offer')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('offer', 'person'), name='memory_asked_once'), models.CheckConstraint(condition=models.Q(('candour__in', ['person', 'city', 'described', 'sealed']), ('candour_there__in', ['person', 'city', 'described', 'sealed'])), name='memory_consent_candour_known')],
                    },
                ),
                migrations.CreateModel(
                    name='OfferedSpan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('needs_consent', models.BooleanField(default=False)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('field', models.CharField(max_length=40)),
                        ('said', models.TextField()),
                        ('text', models.TextField()),
                        ('source', models.CharField(max_length=40)),
                        ('thing', models.BigIntegerField()),
                        ('url', models.CharField(blank=True, max_length=300)),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='memory.offer')),
                    ],
                    options={
                        'ordering': ['offer', 'position', 'pk'],
                    },
                ),
            ],
        ),
    ]
