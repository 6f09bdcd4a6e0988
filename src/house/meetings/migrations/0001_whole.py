import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
import house.meetings.models.session
import house.people.models.person
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('meetings', '0001_sessions_and_visits'),
    ]

    initial = True

    dependencies = [
        ('partners', '0001_whole'),
        ('people', '0001_whole'),
        ('vocabulary', '0001_whole'),
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='UnitRule',
                    fields=[
                        ('case', models.CharField(choices=[('city_early', 'The city cancels in time'), ('city_late', 'The city cancels late'), ('expert', 'The expert cancels or declines'), ('expert_no_show', 'The expert does not come'), ('member_no_show', 'The city does not come'), ('unmarked', 'Nobody says whether it took place'), ('visit_early', 'The city takes a visit back in time'), ('visit_late', 'The city takes a visit back late'), ('visit_ours', 'The foundation declines or takes back a visit')], max_length=16, primary_key=True, serialize=False)),
                        ('outcome', models.CharField(choices=[('released', 'The unit goes back to the city'), ('refunded', 'The unit is given back by the foundation'), ('used', 'The unit is used')], max_length=8)),
                        ('number', models.PositiveSmallIntegerField(default=0)),
                        ('changed_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'ordering': ['case'],
                    },
                ),
                migrations.CreateModel(
                    name='Availability',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('is_open', models.BooleanField(default=False, verbose_name='Cities may book me')),
                        ('about', models.TextField(blank=True, max_length=1000, verbose_name='What cities may ask me')),
                        ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                        ('zone', models.CharField(default='UTC', max_length=40, validators=[house.people.models.person.known_time_zone], verbose_name='My time zone')),
                        ('lengths', models.JSONField(default=list, verbose_name='lengths of a session')),
                        ('before', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(240)], verbose_name='Free minutes before')),
                        ('after', models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MaxValueValidator(240)], verbose_name='Free minutes after')),
                        ('notice_hours', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='Notice in hours')),
                        ('horizon_days', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='Days ahead')),
                        ('most_per_day', models.PositiveSmallIntegerField(default=3, verbose_name='Most sessions a day')),
                        ('most_per_week', models.PositiveSmallIntegerField(default=8, verbose_name='Most sessions a week')),
                        ('join_link', models.URLField(blank=True, max_length=500, verbose_name='Where we meet')),
                        ('busy_url', models.CharField(blank=True, max_length=1000)),
                        ('busy_kind', models.CharField(choices=[('ics', "A calendar's address (ICS)"), ('caldav', 'A CalDAV calendar')], default='ics', max_length=6)),
                        ('busy_user', models.CharField(blank=True, max_length=200)),
                        ('busy_password', models.CharField(blank=True, max_length=200)),
                        ('busy_next_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                        ('busy_read_at', models.DateTimeField(blank=True, null=True)),
                        ('busy_failures', models.PositiveSmallIntegerField(default=0)),
                        ('busy_problem', models.CharField(blank=True, max_length=300)),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic', verbose_name='topics')),
                    ],
                    options={
                        'verbose_name_plural': 'availabilities',
                    },
                ),
                migrations.CreateModel(
                    name='DayChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('day', models.DateField(verbose_name='day')),
                        ('is_off', models.BooleanField(default=True)),
                        ('begins', models.TimeField(blank=True, null=True, verbose_name='from')),
                        ('ends', models.TimeField(blank=True, null=True, verbose_name='to')),
                        ('availability', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.availability')),
                    ],
                    options={
                        'ordering': ['day', 'begins', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('key', models.CharField(max_length=160, unique=True)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField(db_index=True)),
                        ('zone', models.CharField(max_length=40)),
                        ('state', models.CharField(choices=[('booked', 'Booked'), ('held', 'Took place'), ('cancelled', 'Cancelled'), ('declined', 'Declined by the expert'), ('city_absent', 'The city did not come'), ('expert_absent', 'The expert did not come')], default='booked', max_length=14)),
                        ('sequence', models.PositiveSmallIntegerField(default=0)),
                        ('holds', models.PositiveSmallIntegerField(default=0)),
                        ('link', models.URLField(blank=True, max_length=500, verbose_name='Where we meet')),
                        ('proposed_at', models.DateTimeField(blank=True, null=True)),
                        ('proposed_word', models.CharField(blank=True, max_length=500)),
                        ('word', models.CharField(blank=True, max_length=500)),
                        ('ended_by_mail', models.BooleanField(default=False)),
                        ('unit', models.CharField(blank=True, max_length=8)),
                        ('answer', models.CharField(blank=True, max_length=10)),
                        ('answered_sequence', models.PositiveSmallIntegerField(default=0)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('notes', models.TextField(blank=True, max_length=20000, verbose_name='Notes for both sides')),
                        ('consents_city', models.BooleanField(default=False)),
                        ('consents_expert', models.BooleanField(default=False)),
                        ('offered_at', models.DateTimeField(blank=True, null=True)),
                        ('booked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('marked_at', models.DateTimeField(blank=True, null=True)),
                        ('asked_at', models.DateTimeField(blank=True, null=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('booked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('hold', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.hold')),
                        ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.seat')),
                        ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vocabulary.topic')),
                    ],
                    options={
                        'ordering': ['starts_at', 'pk'],
                        'indexes': [models.Index(fields=['state', 'starts_at'], name='meetings_se_state_b30355_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meetings_session_ends_after_start')],
                    },
                ),
                migrations.CreateModel(
                    name='PrivateNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(max_length=20000)),
                        ('changed_at', models.DateTimeField(auto_now=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.session')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='meetings_one_note_each')],
                    },
                ),
                migrations.CreateModel(
                    name='Preparation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('goal', models.TextField(max_length=2000, verbose_name='What should be clearer afterwards?')),
                        ('tried', models.TextField(blank=True, max_length=5000, verbose_name='What did you try already?')),
                        ('questions', models.TextField(blank=True, max_length=5000, verbose_name='Your questions')),
                        ('others', models.CharField(blank=True, max_length=300, verbose_name='Who else joins, without a seat here')),
                        ('language', models.CharField(default='en', max_length=12, verbose_name='Language of the session')),
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preparation', to='meetings.session')),
                    ],
                ),
                migrations.CreateModel(
                    name='Joiner',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joiners', to='meetings.session')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='meetings_joins_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SessionFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=16, unique=True)),
                        ('file', models.FileField(upload_to=house.meetings.models.session._where)),
                        ('name', models.CharField(max_length=200)),
                        ('media_type', models.CharField(max_length=100)),
                        ('size', models.PositiveIntegerField()),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='meetings.session')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='TakenTime',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.session')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'at'), name='meetings_time_taken_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('key', models.CharField(max_length=160, unique=True)),
                        ('state', models.CharField(choices=[('asked', 'Asked for'), ('talking', 'Being talked about'), ('planned', 'Day chosen, programme being planned'), ('shared', 'Programme with the city'), ('agreed', 'Programme agreed'), ('held', 'Took place'), ('cancelled', 'Taken back'), ('declined', 'Declined by the foundation')], default='asked', max_length=10)),
                        ('goals', models.TextField(max_length=5000, verbose_name='What should the day bring?')),
                        ('teams', models.TextField(max_length=2000, verbose_name='Which teams would meet us?')),
                        ('formats', models.JSONField(default=list, verbose_name='Formats')),
                        ('days', models.JSONField(default=list)),
                        ('languages', models.JSONField(default=list, verbose_name='Languages')),
                        ('access_needs', models.TextField(blank=True, max_length=1000, verbose_name='Access needs')),
                        ('contact_name', models.CharField(max_length=120, verbose_name='Who answers questions about the day')),
                        ('contact_way', models.CharField(max_length=200, verbose_name='How to reach her or him')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='Where the day begins')),
                        ('day', models.DateField(blank=True, null=True, verbose_name='Day')),
                        ('zone', models.CharField(max_length=40)),
                        ('sequence', models.PositiveSmallIntegerField(default=0)),
                        ('holds', models.PositiveSmallIntegerField(default=0)),
                        ('unit', models.CharField(blank=True, max_length=8)),
                        ('word', models.CharField(blank=True, max_length=500)),
                        ('report', models.TextField(blank=True, max_length=20000, verbose_name='What came of the day')),
                        ('reported_at', models.DateTimeField(blank=True, null=True)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('revision', models.PositiveIntegerField(default=0)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('hold', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.hold')),
                        ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.seat')),
                    ],
                    options={
                        'ordering': ['-asked_at', '-pk'],
                        'indexes': [models.Index(fields=['state', 'asked_at'], name='meetings_vi_state_1797a2_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Promise',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('text', models.CharField(max_length=300, verbose_name='What is promised')),
                        ('due_on', models.DateField(verbose_name='Until when')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('done_word', models.CharField(blank=True, max_length=300)),
                        ('reminded_on', models.DateField(blank=True, null=True)),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.session')),
                        ('visit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.visit')),
                    ],
                    options={
                        'ordering': ['due_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('session__isnull', True), ('visit__isnull', False)), models.Q(('session__isnull', False), ('visit__isnull', True)), _connector='OR'), name='meetings_promise_of_one_thing')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgrammeRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('begins', models.TimeField(verbose_name='from')),
                        ('ends', models.TimeField(verbose_name='to')),
                        ('format', models.CharField(choices=[('presentation', 'Presentation'), ('round_table', 'Round table'), ('workshop', 'Workshop'), ('site_visit', 'Site visit'), ('one_on_one', 'One-on-one'), ('break', 'Break or meal')], max_length=12, verbose_name='format')),
                        ('title', models.CharField(max_length=160, verbose_name='title')),
                        ('team', models.CharField(blank=True, max_length=160, verbose_name='team')),
                        ('people', models.CharField(blank=True, max_length=300, verbose_name='people')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                        ('notes', models.CharField(blank=True, max_length=500, verbose_name='notes')),
                        ('travel', models.PositiveSmallIntegerField(default=0, verbose_name='minutes on the way afterwards')),
                        ('members', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.visit')),
                    ],
                    options={
                        'ordering': ['begins', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='meetings_row_ends_after_start')],
                    },
                ),
                migrations.CreateModel(
                    name='Programme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('day', models.DateField()),
                        ('rows', models.JSONField(default=list)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('shared_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer', models.CharField(blank=True, choices=[('accepted', 'Agreed'), ('changes', 'Changes asked for')], max_length=8)),
                        ('answer_word', models.TextField(blank=True, max_length=2000)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.visit')),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(fields=('visit', 'number'), name='meetings_programme_numbered')],
                    },
                ),
                migrations.CreateModel(
                    name='VisitWord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(max_length=5000)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.visit')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='WeeklyHours',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='weekday')),
                        ('begins', models.TimeField(verbose_name='from')),
                        ('ends', models.TimeField(verbose_name='to')),
                        ('zone', models.CharField(max_length=40, validators=[house.people.models.person.known_time_zone], verbose_name='time zone')),
                        ('availability', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.availability')),
                    ],
                    options={
                        'ordering': ['weekday', 'begins', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Busy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField(db_index=True)),
                        ('availability', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.availability')),
                    ],
                    options={
                        'ordering': ['starts_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meetings_busy_ends_after_start')],
                    },
                ),
            ],
        ),
    ]
