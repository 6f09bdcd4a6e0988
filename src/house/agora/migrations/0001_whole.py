import django.db.models.deletion
import django.utils.timezone
import house.agora.models.pieces
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('agora', '0001_posts'),
        ('agora', '0002_invitations'),
        ('agora', '0003_invitation_went_on'),
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
                    name='Unsent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.CharField(max_length=60)),
                        ('content', models.JSONField(default=dict)),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'place'), name='agora_unsent_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Willingness',
                    fields=[
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                        ('per_month', models.PositiveSmallIntegerField(default=2, verbose_name='invitations a month, at most')),
                        ('away_until', models.DateField(blank=True, null=True, verbose_name='not before')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('per_month__lte', 30)), name='agora_willing_at_most_daily')],
                    },
                ),
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('body', models.TextField(blank=True, verbose_name='text')),
                        ('html', models.TextField(blank=True, editable=False)),
                        ('candour', models.CharField(choices=[('person', 'My name and my city'), ('city', 'My city, not my name'), ('described', 'A description of my city, not its name'), ('sealed', 'Neither my name nor my city')], default='city', max_length=9, verbose_name='how you are named')),
                        ('described_as', models.CharField(blank=True, max_length=120, verbose_name='description')),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('is_hidden', models.BooleanField(default=False)),
                        ('key', models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('shown_city', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('moved_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agora.post')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['post', 'published_at'], name='agora_answe_post_id_a842c5_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('candour__in', ['person', 'city', 'described', 'sealed'])), name='agora_answer_candour_known'), models.CheckConstraint(condition=models.Q(('shown_city__isnull', True), ('candour__in', ['person', 'city']), _connector='OR'), name='agora_answer_hidden_city_is_not_shown')],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('body', models.TextField(blank=True, verbose_name='text')),
                        ('html', models.TextField(blank=True, editable=False)),
                        ('candour', models.CharField(choices=[('person', 'My name and my city'), ('city', 'My city, not my name'), ('described', 'A description of my city, not its name'), ('sealed', 'Neither my name nor my city')], default='city', max_length=9, verbose_name='how you are named')),
                        ('described_as', models.CharField(blank=True, max_length=120, verbose_name='description')),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('is_hidden', models.BooleanField(default=False)),
                        ('kind', models.CharField(choices=[('question', 'Question'), ('struggle', 'Struggle'), ('success', 'Success'), ('call', 'Call for partners')], max_length=8, verbose_name='kind')),
                        ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                        ('language', models.CharField(default='en', max_length=12, verbose_name='language')),
                        ('audience', models.CharField(choices=[('public', 'Everyone'), ('alliance', 'All partner cities'), ('city', 'Our city only'), ('circle', 'A circle'), ('private', 'Only me')], default='alliance', max_length=8, verbose_name='who may read')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('solved', 'Solved'), ('closed', 'Closed'), ('merged', 'Merged into another')], default='draft', max_length=6)),
                        ('is_reported', models.BooleanField(default=False)),
                        ('closed_why', models.CharField(blank=True, max_length=300)),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('revision', models.PositiveIntegerField(default=0)),
                        ('accepted', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agora.answer')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.circle')),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agora.post')),
                        ('shown_city', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic', verbose_name='topics')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['state', '-published_at'], name='agora_post_state_ce21e8_idx'), models.Index(fields=['shown_city', 'state'], name='agora_post_shown_c_c25d84_idx'), models.Index(fields=['author'], name='agora_post_author__9ebe3b_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('candour__in', ['person', 'city', 'described', 'sealed'])), name='agora_post_candour_known'), models.CheckConstraint(condition=models.Q(('shown_city__isnull', True), ('candour__in', ['person', 'city']), _connector='OR'), name='agora_post_hidden_city_is_not_shown'), models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'struggle', 'success', 'call'])), name='agora_post_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'solved', 'closed', 'merged'])), name='agora_post_state_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'alliance', 'city', 'circle', 'private'])), name='agora_post_audience_known'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'city'), _negated=True), ('city__isnull', False), _connector='OR'), name='agora_post_city_audience_names_a_city'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'circle'), _negated=True), ('circle__isnull', False), _connector='OR'), name='agora_post_circle_audience_names_a_circle'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('published_at__isnull', False), _connector='OR'), name='agora_post_published_has_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', False), _connector='OR'), name='agora_post_merged_leads_somewhere')],
                    },
                ),
                migrations.CreateModel(
                    name='Comment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('body', models.TextField(blank=True, verbose_name='text')),
                        ('html', models.TextField(blank=True, editable=False)),
                        ('candour', models.CharField(choices=[('person', 'My name and my city'), ('city', 'My city, not my name'), ('described', 'A description of my city, not its name'), ('sealed', 'Neither my name nor my city')], default='city', max_length=9, verbose_name='how you are named')),
                        ('described_as', models.CharField(blank=True, max_length=120, verbose_name='description')),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('is_hidden', models.BooleanField(default=False)),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.answer')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('shown_city', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('moved_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agora.post')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['post', 'published_at'], name='agora_comme_post_id_aebe45_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('candour__in', ['person', 'city', 'described', 'sealed'])), name='agora_comment_candour_known'), models.CheckConstraint(condition=models.Q(('shown_city__isnull', True), ('candour__in', ['person', 'city']), _connector='OR'), name='agora_comment_hidden_city_is_not_shown')],
                    },
                ),
                migrations.CreateModel(
                    name='Mention',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.answer')),
                        ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.comment')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answer__isnull', True), ('comment__isnull', True)), fields=('post', 'person'), name='agora_mentioned_once_a_post'), models.UniqueConstraint(fields=('answer', 'person'), name='agora_mentioned_once_an_answer'), models.UniqueConstraint(fields=('comment', 'person'), name='agora_mentioned_once_a_comment')],
                    },
                ),
                migrations.CreateModel(
                    name='Helped',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('body', models.TextField(blank=True, verbose_name='text')),
                        ('html', models.TextField(blank=True, editable=False)),
                        ('candour', models.CharField(choices=[('person', 'My name and my city'), ('city', 'My city, not my name'), ('described', 'A description of my city, not its name'), ('sealed', 'Neither my name nor my city')], default='city', max_length=9, verbose_name='how you are named')),
                        ('described_as', models.CharField(blank=True, max_length=120, verbose_name='description')),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('is_hidden', models.BooleanField(default=False)),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agora.answer', verbose_name='which answer helped')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('shown_city', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('moved_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agora.post')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('candour__in', ['person', 'city', 'described', 'sealed'])), name='agora_helped_candour_known'), models.CheckConstraint(condition=models.Q(('shown_city__isnull', True), ('candour__in', ['person', 'city']), _connector='OR'), name='agora_helped_hidden_city_is_not_shown'), models.UniqueConstraint(fields=('post', 'city'), name='agora_helped_once_a_city'), models.CheckConstraint(condition=models.Q(('candour__in', ['person', 'city']), ('city__isnull', False)), name='agora_helped_names_its_city')],
                    },
                ),
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('state', models.CharField(choices=[('waiting', 'Waits for a decision'), ('kept', 'Left as it is'), ('hidden', 'Taken out of sight'), ('appealed', 'Its author appeals'), ('restored', 'Put back after an appeal'), ('final', 'Stays out of sight after an appeal')], default='waiting', max_length=8)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('reason', models.TextField(blank=True)),
                        ('appeal', models.TextField(blank=True)),
                        ('appealed_at', models.DateTimeField(null=True)),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('settled_why', models.TextField(blank=True)),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.answer')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.comment')),
                        ('helped', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.helped')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'ordering': ['opened_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answer', None), ('comment', None), ('helped', None), ('state__in', ['waiting', 'appealed'])), fields=('post',), name='agora_case_open_once_a_post'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'appealed'])), fields=('answer',), name='agora_case_open_once_a_answer'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'appealed'])), fields=('comment',), name='agora_case_open_once_a_comment'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'appealed'])), fields=('helped',), name='agora_case_open_once_a_helped'), models.CheckConstraint(condition=models.Q(('settled_by__isnull', True), models.Q(('settled_by', models.F('decided_by')), _negated=True), _connector='OR'), name='agora_case_appeal_by_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('file', models.FileField(upload_to=house.agora.models.pieces.stored_as)),
                        ('name', models.CharField(max_length=200)),
                        ('media_type', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField()),
                        ('digest', models.CharField(max_length=64)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('is_hidden', models.BooleanField(default=False)),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.answer')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answer__isnull', True)), fields=('post', 'digest'), name='agora_attachment_once_a_post'), models.UniqueConstraint(fields=('answer', 'digest'), name='agora_attachment_once_an_answer')],
                    },
                ),
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('why', models.CharField(choices=[('names', 'It names a person or a city that should not be named'), ('unkind', 'It is unkind to somebody'), ('wrong', 'It is dangerous or false'), ('rights', 'It uses words or pictures of others without their leave'), ('elsewhere', 'It does not belong here, or is advertising'), ('other', 'Something else')], max_length=9, verbose_name='what is wrong with it')),
                        ('text', models.TextField(blank=True, verbose_name='in your words')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.case')),
                        ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['made_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('case', 'reporter'), name='agora_reported_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Revision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('number', models.PositiveIntegerField()),
                        ('title', models.CharField(blank=True, max_length=200)),
                        ('body', models.TextField(blank=True)),
                        ('candour', models.CharField(choices=[('person', 'My name and my city'), ('city', 'My city, not my name'), ('described', 'A description of my city, not its name'), ('sealed', 'Neither my name nor my city')], max_length=9)),
                        ('audience', models.CharField(choices=[('public', 'Everyone'), ('alliance', 'All partner cities'), ('city', 'Our city only'), ('circle', 'A circle'), ('private', 'Only me')], max_length=8)),
                        ('ended_at', models.DateTimeField()),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.answer')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('circle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.circle')),
                        ('city', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.comment')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answer__isnull', True), ('comment__isnull', True)), fields=('post', 'number'), name='agora_revision_numbered_once_a_post'), models.UniqueConstraint(fields=('answer', 'number'), name='agora_revision_numbered_once_an_answer'), models.UniqueConstraint(fields=('comment', 'number'), name='agora_revision_numbered_once_a_comment'), models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'alliance', 'city', 'circle', 'private'])), name='agora_revision_audience_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('state', models.CharField(choices=[('asked', 'Asked'), ('accepted', 'Will answer'), ('answered', 'Answered'), ('passed_on', 'Passed on to a colleague'), ('declined', "Can't this time"), ('lapsed', 'No answer in time'), ('settled', 'No longer needed')], default='asked', max_length=9)),
                        ('reasons', models.JSONField(default=list)),
                        ('why_not', models.CharField(blank=True, max_length=300, verbose_name='why not')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer_by', models.DateTimeField()),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agora.answer')),
                        ('passed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                        ('went_on', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['person', '-asked_at'], name='agora_invit_person__86bdc8_idx'), models.Index(condition=models.Q(('state__in', ['asked', 'accepted'])), fields=['answer_by'], name='agora_invitations_open')],
                        'constraints': [models.UniqueConstraint(fields=('post', 'person'), name='agora_invited_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Route',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('asking', 'Peers are asked'), ('expert', 'An expert is asked'), ('done', 'Answered or settled'), ('stuck', 'Nobody is left to ask')], default='asking', max_length=6)),
                        ('goes_on', models.BooleanField(default=True, verbose_name='ask the next when nobody answers')),
                        ('without', models.JSONField(default=list)),
                        ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asking', 'expert', 'done', 'stuck'])), name='agora_route_state_known')],
                    },
                ),
            ],
        ),
    ]
