import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('groups', '0001_groups'),
        ('groups', '0002_led_when_she_left'),
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
                    name='Group',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('problem', models.TextField(max_length=4000, verbose_name='problem')),
                        ('aim', models.TextField(max_length=4000, verbose_name='aim')),
                        ('language', models.CharField(default='en', max_length=12, verbose_name='working language')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='until')),
                        ('state', models.CharField(choices=[('forming', 'Forming'), ('running', 'Running'), ('ended', 'Ended with a result'), ('closed', 'Closed without a result')], default='forming', max_length=8)),
                        ('audience', models.CharField(choices=[('circle', 'A circle'), ('alliance', 'All partner cities')], default='circle', max_length=8)),
                        ('is_hidden', models.BooleanField(default=False, verbose_name='hidden')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('result_kind', models.CharField(blank=True, choices=[('case_study', 'Something that we tried and can tell about'), ('policy', 'A rule, plan or model text that others can adopt'), ('research', 'A study, survey or comparison'), ('technology', 'A tool, standard or data set')], max_length=12)),
                        ('result', models.TextField(blank=True, max_length=4000, verbose_name='result')),
                        ('learned', models.TextField(blank=True, max_length=8000, verbose_name='what we learned')),
                        ('outcome', models.CharField(blank=True, choices=[('worked', 'It worked'), ('mixed', 'Mixed'), ('failed', 'It failed'), ('too_early', 'Too early to say')], max_length=9)),
                        ('circle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.circle')),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', 'ends_on'], name='groups_grou_state_1f0214_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['forming', 'running', 'ended', 'closed'])), name='groups_group_state_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='groups_term_runs_forward'), models.CheckConstraint(condition=models.Q(('audience__in', ['circle', 'alliance'])), name='groups_group_audience_known'), models.CheckConstraint(condition=models.Q(('is_hidden', False), ('audience', 'circle'), _connector='OR'), name='groups_hidden_is_read_by_its_circle'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(models.Q(('result', ''), _negated=True), models.Q(('result_kind', ''), _negated=True)), _connector='OR'), name='groups_ended_has_a_result'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('learned', ''), _negated=True), _connector='OR'), name='groups_closed_says_what_it_learned'), models.CheckConstraint(condition=models.Q(('state__in', ('forming', 'running')), models.Q(('ended_at__isnull', False), ('outcome__in', ['worked', 'mixed', 'failed', 'too_early'])), _connector='OR'), name='groups_over_has_a_day_and_an_outcome')],
                    },
                ),
                migrations.CreateModel(
                    name='Page',
                    fields=[
                        ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='groups.group')),
                        ('html', models.TextField(blank=True)),
                        ('number', models.PositiveIntegerField(default=0)),
                        ('saved_at', models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('html', models.TextField(blank=True)),
                        ('other', models.TextField(blank=True)),
                        ('based_on', models.PositiveIntegerField(default=0)),
                        ('revision', models.PositiveIntegerField(default=0)),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('group', 'person'), name='groups_one_draft_each')],
                    },
                ),
                migrations.CreateModel(
                    name='Admission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('sort', models.CharField(choices=[('invited', 'Invited'), ('asked', 'Asked to join')], max_length=7)),
                        ('text', models.TextField(blank=True, max_length=2000, verbose_name='words')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('withdrawn', 'Withdrawn')], max_length=9)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ],
                    options={
                        'ordering': ['made_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('group', 'person'), name='groups_one_admission_waits'), models.CheckConstraint(condition=models.Q(('sort__in', ['invited', 'asked'])), name='groups_admission_sort_known'), models.CheckConstraint(condition=models.Q(('answer', ''), ('answered_at__isnull', False), _connector='OR'), name='groups_admission_answered_at')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('file', models.FileField(upload_to='groups/%Y/%m/')),
                        ('name', models.CharField(max_length=200)),
                        ('media_type', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField()),
                        ('digest', models.CharField(max_length=64)),
                        ('label', models.CharField(blank=True, max_length=200, verbose_name='what it is')),
                        ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                        ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-uploaded_at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('group', 'digest'), name='groups_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Meeting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('title', models.CharField(max_length=160, verbose_name='title')),
                        ('starts_at', models.DateTimeField(verbose_name='begins')),
                        ('ends_at', models.DateTimeField(verbose_name='ends')),
                        ('zone', models.CharField(default='UTC', max_length=40, verbose_name='time zone')),
                        ('join_url', models.CharField(blank=True, max_length=500, verbose_name='link to join')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                        ('agenda', models.TextField(blank=True, max_length=8000, verbose_name='agenda')),
                        ('minutes', models.TextField(blank=True, max_length=40000, verbose_name='minutes')),
                        ('minutes_at', models.DateTimeField(blank=True, null=True)),
                        ('sequence', models.PositiveIntegerField(default=0)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('minutes_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['group', 'starts_at'], name='groups_meet_group_i_4bab38_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='groups_meeting_runs_forward'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='groups_meeting_has_a_title')],
                    },
                ),
                migrations.CreateModel(
                    name='MeetingAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.CharField(choices=[('accepted', 'Comes'), ('tentative', 'Perhaps'), ('declined', "Can't come")], max_length=9)),
                        ('sequence', models.PositiveIntegerField(default=0)),
                        ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.meeting')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='groups_one_answer_each'), models.CheckConstraint(condition=models.Q(('answer__in', ['accepted', 'tentative', 'declined'])), name='groups_meeting_answer_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Member',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('is_lead', models.BooleanField(default=False)),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('left_why', models.CharField(blank=True, choices=[('herself', 'Left by herself'), ('seat', 'Holds no seat of this city any more'), ('removed', 'Removed by a lead')], max_length=8)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('led', models.BooleanField(default=False, editable=False)),
                    ],
                    options={
                        'ordering': ['joined_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('group', 'person'), name='groups_in_a_group_once'), models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', True), ('left_why', '')), models.Q(('left_at__isnull', False), ('left_why__in', ['herself', 'seat', 'removed'])), _connector='OR'), name='groups_left_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='PageVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('html', models.TextField()),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='what changed')),
                        ('based_on', models.PositiveIntegerField(default=0)),
                        ('restored_from', models.PositiveIntegerField(blank=True, null=True)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('city', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(fields=('group', 'number'), name='groups_version_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='groups_version_counts_from_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Task',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('title', models.CharField(max_length=200, verbose_name='task')),
                        ('text', models.TextField(blank=True, max_length=4000, verbose_name='what belongs to it')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('sequence', models.PositiveIntegerField(default=0)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('done_at__isnull', True), ('due_on__isnull', False)), fields=['due_on'], name='groups_task_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='groups_task_has_title')],
                    },
                ),
            ],
        ),
    ]
