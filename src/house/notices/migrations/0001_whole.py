import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('notices', '0001_mail_and_suppressions'),
        ('notices', '0002_happenings_notices_letters'),
        ('notices', '0003_invitations_and_reply_addresses'),
        ('notices', '0004_rhythms_and_exact_letters'),
        ('notices', '0005_calendar_feeds'),
        ('notices', '0006_answers_by_mail'),
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
                    name='Mail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('message_id', models.CharField(db_index=True, max_length=200)),
                        ('to', models.CharField(blank=True, max_length=254)),
                        ('kind', models.CharField(blank=True, max_length=40)),
                        ('subject', models.CharField(blank=True, max_length=200)),
                        ('state', models.CharField(choices=[('waiting', 'Will be tried again'), ('sent', 'Sent'), ('refused', 'Refused by the mail server'), ('withheld', 'Not sent'), ('bounced', 'Came back')], default='sent', max_length=8)),
                        ('error', models.CharField(blank=True, max_length=300)),
                        ('tries', models.PositiveSmallIntegerField(default=1)),
                        ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['state', '-id'], name='notices_mai_state_ddfd5b_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'refused', 'withheld', 'bounced'])), name='notices_mail_state_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Suppression',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('address', models.CharField(max_length=254)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('since', models.DateTimeField(default=django.utils.timezone.now)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-since', '-pk'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('address'), name='notices_one_suppression_an_address')],
                    },
                ),
                migrations.CreateModel(
                    name='Happening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('kind', models.CharField(db_index=True, max_length=40)),
                        ('thing', models.BigIntegerField()),
                        ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ('topics', models.JSONField(default=list)),
                        ('thread', models.CharField(blank=True, max_length=60)),
                        ('fanned_out_at', models.DateTimeField(blank=True, null=True)),
                        ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vocabulary.city')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(condition=models.Q(('fanned_out_at__isnull', True)), fields=['id'], name='notices_not_fanned_out')],
                    },
                ),
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('kind', models.CharField(max_length=40)),
                        ('thing', models.BigIntegerField()),
                        ('state', models.CharField(choices=[('waiting', 'Waits'), ('sending', 'Being sent'), ('sent', 'Sent'), ('withheld', 'Not sent'), ('refused', 'Refused by the mail server')], default='waiting', max_length=8)),
                        ('posted_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('claim', models.CharField(blank=True, max_length=24)),
                        ('claimed_until', models.DateTimeField(blank=True, null=True)),
                        ('error', models.CharField(blank=True, max_length=300)),
                        ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                        ('urgency', models.PositiveSmallIntegerField(choices=[(0, 'Letter'), (1, 'Notice'), (2, 'Digest')], default=0)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['state', 'posted_at'], name='notices_let_state_43ae8f_idx'), models.Index(condition=models.Q(('state', 'waiting')), fields=['urgency', 'not_before', 'id'], name='notices_letters_waiting'), models.Index(condition=models.Q(('state', 'sending')), fields=['claim'], name='notices_claimed')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'withheld', 'refused'])), name='notices_letter_state_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('reason', models.CharField(choices=[('named', 'you were named'), ('invited', 'you were invited to answer'), ('own', 'it is about something of yours'), ('helped', 'you helped with it'), ('thread', 'you follow the thread'), ('topic', 'you follow its topic'), ('city', 'you follow its city'), ('kind', 'you follow everything of this kind'), ('search', 'it matches a search that you saved')], max_length=8)),
                        ('is_direct', models.BooleanField(default=False)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('happening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notices.happening')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('due', models.CharField(blank=True, choices=[('new', 'to be settled'), ('at_once', 'a mail of its own'), ('digest', 'the next digest'), ('', 'nothing')], default='new', max_length=7)),
                        ('is_folded', models.BooleanField(default=False)),
                        ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notices.letter')),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['person', '-id'], name='notices_not_person__f51905_idx'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='notices_unread'), models.Index(condition=models.Q(('due', ''), _negated=True), fields=['due', 'person'], name='notices_due')],
                        'constraints': [models.UniqueConstraint(fields=('person', 'happening'), name='notices_told_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Subscription',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('target', models.CharField(db_index=True, max_length=200)),
                        ('is_muted', models.BooleanField(default=False)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'target'), name='notices_followed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarInvitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.CharField(max_length=200)),
                        ('kind', models.CharField(max_length=40)),
                        ('code', models.CharField(max_length=120)),
                        ('method', models.CharField(max_length=8)),
                        ('sequence', models.PositiveIntegerField()),
                        ('room_sequence', models.PositiveIntegerField()),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer', models.CharField(blank=True, max_length=12)),
                        ('answered_sequence', models.PositiveIntegerField(blank=True, null=True)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('person', 'uid'), name='notices_one_invitation_a_thing')],
                    },
                ),
                migrations.CreateModel(
                    name='ReplyAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40)),
                        ('thing', models.BigIntegerField()),
                        ('salt', models.CharField(default=house.ground.codes.short_code, max_length=20)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField(db_index=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'thing'), name='notices_one_reply_address_a_thing')],
                    },
                ),
                migrations.CreateModel(
                    name='Choice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40)),
                        ('how', models.CharField(choices=[('off', 'Not at all'), ('inbox', 'In the house only'), ('digest', 'In the digest'), ('at_once', 'By mail at once')], max_length=7)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='notices_one_choice_a_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='Rhythm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pace', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('none', 'Not by mail: I look into the house')], default='daily', max_length=7, verbose_name='mail about what happened')),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0, verbose_name='day of the weekly digest')),
                        ('hour', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='hour of the digest')),
                        ('quiet_from', models.PositiveSmallIntegerField(blank=True, default=20, null=True, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='quiet from')),
                        ('quiet_until', models.PositiveSmallIntegerField(blank=True, default=7, null=True, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='quiet until')),
                        ('away_from', models.DateField(blank=True, null=True, verbose_name='away from')),
                        ('away_until', models.DateField(blank=True, null=True, verbose_name='back on')),
                        ('zone', models.CharField(default='UTC', max_length=40)),
                        ('next_digest_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('hour__lt', 24), ('weekday__lt', 7)), name='notices_hours_are_hours'), models.CheckConstraint(condition=models.Q(('away_until__isnull', True), ('away_from__isnull', True), ('away_until__gte', models.F('away_from')), _connector='OR'), name='notices_back_after_leaving')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('sort', models.CharField(choices=[('mine', 'What I take part in'), ('city', 'Everything of a city'), ('topic', 'Everything on a topic')], default='mine', max_length=8, verbose_name='what it holds')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reset_at', models.DateTimeField(blank=True, null=True)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('etag', models.CharField(blank=True, max_length=64)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.city')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.topic')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('city__isnull', True), ('sort', 'mine'), ('topic__isnull', True)), models.Q(('city__isnull', False), ('sort', 'city'), ('topic__isnull', True)), models.Q(('city__isnull', True), ('sort', 'topic'), ('topic__isnull', False)), _connector='OR'), name='notices_feed_is_about_one_thing')],
                    },
                ),
                migrations.CreateModel(
                    name='Incoming',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=64, unique=True)),
                        ('state', models.CharField(choices=[('posted', 'Posted as an answer'), ('answered', 'Answer to an invitation'), ('held', 'Waits for its sender'), ('refused', 'Refused'), ('ignored', 'Written by a machine'), ('bounce', 'Report of a mail that came back')], max_length=8)),
                        ('why', models.CharField(blank=True, max_length=300)),
                        ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='HeldReply',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('kind', models.CharField(blank=True, max_length=40)),
                        ('thing', models.BigIntegerField(blank=True, null=True)),
                        ('subject', models.CharField(blank=True, max_length=200)),
                        ('text', models.TextField(blank=True, verbose_name='your answer')),
                        ('original', models.TextField(blank=True)),
                        ('why', models.CharField(choices=[('unproven', 'the mail servers could not prove that it came from you'), ('empty', 'nothing of your own was found in it'), ('unsure', 'it was not clear where your own words end'), ('unread', 'it could not be read to the end'), ('expired', 'the address that it went to is out of date'), ('nothing', 'it did not say what it answers'), ('gone', 'what it answers is not there for you any more'), ('refused', 'it could not be posted'), ('many', 'very many mails came from you in a short time')], max_length=8)),
                        ('detail', models.CharField(blank=True, max_length=300)),
                        ('calendar', models.JSONField(blank=True, default=dict)),
                        ('file', models.CharField(blank=True, max_length=80)),
                        ('key', models.CharField(max_length=64)),
                        ('held_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('posted', models.CharField(blank=True, max_length=200)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['person', '-id'], name='notices_hel_person__7fe05b_idx')],
                    },
                ),
            ],
        ),
    ]
