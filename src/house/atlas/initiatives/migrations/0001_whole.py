import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('initiatives', '0001_initiatives'),
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
                    name='Layer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('title', models.CharField(max_length=120, verbose_name='name of the data set')),
                        ('licence', models.CharField(max_length=80, verbose_name='licence')),
                        ('licence_url', models.URLField(blank=True, max_length=300, verbose_name='address of the licence')),
                        ('attribution', models.CharField(max_length=200, verbose_name='attribution')),
                        ('source_url', models.URLField(blank=True, max_length=400, verbose_name='where it comes from')),
                        ('dated', models.DateField(blank=True, null=True, verbose_name='state of the data')),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('is_public', models.BooleanField(default=False)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ['title', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('licence', ''), _negated=True), models.Q(('attribution', ''), _negated=True)), name='initiatives_layer_has_terms')],
                    },
                ),
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('state', models.CharField(choices=[('looked', 'Looked at'), ('done', 'Done'), ('undone', 'Taken back')], default='looked', max_length=6)),
                        ('file', models.CharField(max_length=160)),
                        ('options', models.JSONField(default=dict)),
                        ('counts', models.JSONField(default=dict)),
                        ('skipped', models.JSONField(default=list)),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.layer')),
                        ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['looked', 'done', 'undone'])), name='initiatives_run_state_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Initiative',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('state', models.CharField(choices=[('suggested', 'Suggested'), ('shown', 'Shown'), ('hidden', 'Hidden'), ('gone', 'Gone')], default='suggested', max_length=9)),
                        ('name', models.CharField(max_length=160, verbose_name='name')),
                        ('description', models.TextField(blank=True, max_length=3000, verbose_name='what happens there')),
                        ('language', models.CharField(default='en', max_length=12, verbose_name='language of the description')),
                        ('kinds', models.CharField(max_length=240)),
                        ('languages', models.CharField(blank=True, max_length=120)),
                        ('latitude', models.FloatField(validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                        ('longitude', models.FloatField(validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                        ('street', models.CharField(blank=True, max_length=160, verbose_name='street and number')),
                        ('postcode', models.CharField(blank=True, max_length=16, verbose_name='postcode')),
                        ('place', models.CharField(blank=True, max_length=80, verbose_name='town')),
                        ('time_zone', models.CharField(default='UTC', max_length=40)),
                        ('opening_hours', models.CharField(blank=True, max_length=300, verbose_name='opening hours')),
                        ('recurrence', models.JSONField(blank=True, default=list)),
                        ('closed', models.JSONField(blank=True, default=list)),
                        ('opening_note', models.CharField(blank=True, max_length=300, verbose_name='opening in words')),
                        ('open_from', models.DateTimeField(blank=True, null=True)),
                        ('open_until', models.DateTimeField(blank=True, db_index=True, null=True)),
                        ('website', models.URLField(blank=True, max_length=400, verbose_name='website')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                        ('contact_is_public', models.BooleanField(default=False, verbose_name='the initiative published these to be reached')),
                        ('contact_source', models.CharField(blank=True, max_length=300, verbose_name='where they are published')),
                        ('external_id', models.CharField(blank=True, max_length=120)),
                        ('confirmed_on', models.DateField(blank=True, null=True)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vocabulary.city')),
                        ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.layer')),
                        ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='initiatives.run')),
                    ],
                    options={
                        'ordering': ['name', 'pk'],
                        'indexes': [models.Index(fields=['state', 'changed_at'], name='initiatives_state_a4ea83_idx'), models.Index(fields=['state', 'name', 'id'], name='initiatives_in_lists'), models.Index(fields=['city', 'state'], name='initiatives_city_id_f9da9e_idx'), models.Index(fields=['latitude', 'longitude'], name='initiatives_latitud_2dae87_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['suggested', 'shown', 'hidden', 'gone'])), name='initiatives_state_known'), models.CheckConstraint(condition=models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), name='initiatives_point_on_earth'), models.CheckConstraint(condition=models.Q(('kinds', ''), _negated=True), name='initiatives_of_a_kind'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('layer', 'external_id'), name='initiatives_once_in_a_layer')],
                    },
                ),
                migrations.CreateModel(
                    name='Suggestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='your e-mail')),
                        ('note', models.TextField(blank=True, max_length=1000, verbose_name='anything we should know')),
                        ('decision', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('refused', 'Refused')], max_length=8)),
                        ('reason', models.CharField(blank=True, max_length=400)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.initiative')),
                    ],
                    options={
                        'ordering': ['made_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('decision__in', ['', 'accepted', 'refused'])), name='initiatives_decision_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Ask',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('due_on', models.DateField()),
                        ('digest', models.CharField(blank=True, db_index=True, max_length=64)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, choices=[('true', 'Still true'), ('changed', 'Changed'), ('gone', 'No longer there')], max_length=8)),
                        ('words', models.TextField(blank=True, max_length=2000)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('dealt_at', models.DateTimeField(blank=True, null=True)),
                        ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.initiative')),
                    ],
                    options={
                        'ordering': ['due_on', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('initiative', 'due_on'), name='initiatives_asked_once_a_date'), models.CheckConstraint(condition=models.Q(('answer__in', ['', 'true', 'changed', 'gone'])), name='initiatives_answer_known')],
                    },
                ),
            ],
        ),
    ]
