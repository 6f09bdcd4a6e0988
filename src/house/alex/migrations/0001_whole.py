import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


# SQLite drops a table's triggers when a later migration remakes it: that migration lays them again.
SQLITE = """
CREATE TRIGGER alex_version_never_changes BEFORE UPDATE ON alex_version
BEGIN SELECT RAISE(ABORT, 'A version never changes.'); END
"""
POSTGRES = """
CREATE FUNCTION alex_version_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'A version never changes.' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER alex_version_never_changes BEFORE UPDATE ON alex_version
FOR EACH ROW EXECUTE FUNCTION alex_version_refuses();
"""


def lay(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRES if on_postgres else SQLITE)


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER alex_version_never_changes ON alex_version")
        schema_editor.execute("DROP FUNCTION alex_version_refuses()")
    else:
        schema_editor.execute("DROP TRIGGER alex_version_never_changes")


class Migration(migrations.Migration):

    replaces = [
        ('alex', '0001_entries'),
        ('alex', '0002_versions_never_change'),
        ('alex', '0003_import_runs'),
        ('alex', '0004_said'),
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
                    name='ImportRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Broken off')], default='waiting', max_length=8)),
                        ('is_rehearsal', models.BooleanField(default=False)),
                        ('files', models.JSONField(default=list)),
                        ('options', models.JSONField(default=dict)),
                        ('total_bytes', models.PositiveBigIntegerField(default=0)),
                        ('done_bytes', models.PositiveBigIntegerField(default=0)),
                        ('passages', models.PositiveIntegerField(default=0)),
                        ('counts', models.JSONField(default=dict)),
                        ('problem', models.CharField(blank=True, max_length=300)),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('beat_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed'])), name='alex_import_state_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audience', models.CharField(choices=[('public', 'Everyone'), ('alliance', 'All partner cities'), ('city', 'Our city only'), ('circle', 'A circle'), ('private', 'Only me')], default='alliance', max_length=8, verbose_name='audience')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True)),
                        ('kind', models.CharField(choices=[('case_study', 'Case study'), ('policy', 'Policy'), ('research', 'Research'), ('technology', 'Technology'), ('recording', 'Recording')], max_length=12)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('in_review', 'In review'), ('published', 'Published'), ('review_due', 'Review due'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10)),
                        ('title', models.CharField(blank=True, max_length=300)),
                        ('summary', models.TextField(blank=True)),
                        ('language', models.CharField(default='en', max_length=12)),
                        ('places', models.JSONField(blank=True, default=list)),
                        ('period_from', models.DateField(blank=True, null=True)),
                        ('period_until', models.DateField(blank=True, null=True)),
                        ('outcome', models.CharField(blank=True, choices=[('worked', 'Worked'), ('mixed', 'Mixed'), ('failed', 'Failed'), ('too_early', 'Too early to tell')], max_length=9)),
                        ('licence', models.CharField(blank=True, max_length=200)),
                        ('candour', models.CharField(choices=[('person', 'My name and my city'), ('city', 'My city, not my name'), ('described', 'A description of my city, not its name'), ('sealed', 'Neither my name nor my city')], default='city', max_length=9)),
                        ('described_as', models.CharField(blank=True, max_length=120)),
                        ('owner_role', models.CharField(blank=True, max_length=160)),
                        ('source_id', models.CharField(blank=True, max_length=200, null=True, unique=True)),
                        ('source_digest', models.CharField(blank=True, max_length=64)),
                        ('external', models.CharField(blank=True, max_length=200)),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('is_best_practice', models.BooleanField(default=False)),
                        ('reuse_count', models.PositiveIntegerField(default=0)),
                        ('review_by', models.DateField(blank=True, null=True)),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('changed_at', models.DateTimeField(blank=True, null=True)),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.circle')),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('owner_seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.seat')),
                        ('shown_city', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic')),
                        ('current', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alex.version')),
                    ],
                    options={
                        'verbose_name_plural': 'entries',
                        'abstract': False,
                        'indexes': [models.Index(fields=['state', '-published_at'], name='alex_entry_state_7f2a12_idx'), models.Index(fields=['shown_city', 'state'], name='alex_entry_shown_c_1318c7_idx'), models.Index(fields=['author'], name='alex_entry_author__95bb7e_idx'), models.Index(condition=models.Q(('review_by__isnull', False)), fields=['review_by'], name='alex_entry_review_by')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'alliance', 'city', 'circle', 'private'])), name='alex_entry_audience_known'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'city'), _negated=True), ('city__isnull', False), _connector='OR'), name='alex_entry_city_audience_names_a_city'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'circle'), _negated=True), ('circle__isnull', False), _connector='OR'), name='alex_entry_circle_audience_names_a_circle'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'private'), _negated=True), ('author__isnull', False), _connector='OR'), name='alex_entry_private_has_an_author'), models.CheckConstraint(condition=models.Q(('kind__in', ['case_study', 'policy', 'research', 'technology', 'recording'])), name='alex_entry_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'in_review', 'published', 'review_due', 'withdrawn'])), name='alex_entry_state_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'worked', 'mixed', 'failed', 'too_early'])), name='alex_entry_outcome_known'), models.CheckConstraint(condition=models.Q(('candour__in', ['person', 'city', 'described', 'sealed'])), name='alex_entry_candour_known'), models.CheckConstraint(condition=models.Q(('shown_city__isnull', True), ('candour__in', ['person', 'city']), _connector='OR'), name='alex_entry_hidden_city_is_not_shown'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('published', 'review_due')), _negated=True), models.Q(('current__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='alex_entry_published_has_a_version'), models.CheckConstraint(condition=models.Q(('period_from__isnull', True), ('period_until__isnull', True), ('period_until__gte', models.F('period_from')), _connector='OR'), name='alex_entry_period_runs_forward'), models.CheckConstraint(condition=models.Q(('is_best_practice', False), ('current__isnull', False), _connector='OR'), name='alex_entry_best_practice_was_published')],
                    },
                ),
                migrations.CreateModel(
                    name='Adoption',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('stage', models.CharField(choices=[('understood', 'Understood it'), ('adapted', 'Adapted it'), ('reuses', 'Re-uses it'), ('stopped', 'Stopped')], max_length=10, verbose_name='stage')),
                        ('note', models.TextField(blank=True, verbose_name='what you changed')),
                        ('started_on', models.DateField(blank=True, null=True, verbose_name='since')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('changed_at', models.DateTimeField(auto_now=True)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                        ('result_entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='alex.entry')),
                    ],
                    options={
                        'ordering': ['started_on', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'city'), name='alex_adoption_once_a_city'), models.CheckConstraint(condition=models.Q(('stage__in', ['understood', 'adapted', 'reuses', 'stopped'])), name='alex_adoption_stage_known'), models.CheckConstraint(condition=models.Q(('result_entry__isnull', True), models.Q(('result_entry', models.F('entry')), _negated=True), _connector='OR'), name='alex_adoption_leads_elsewhere')],
                    },
                ),
                migrations.CreateModel(
                    name='FreshnessAsk',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('due_on', models.DateField()),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, choices=[('still_true', 'Still true'), ('changed', 'It has changed'), ('ended', 'It has ended')], max_length=10)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                        ('sent_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'due_on'), name='alex_ask_once_a_due_date'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='alex_ask_answer_has_a_moment'), models.CheckConstraint(condition=models.Q(('answer__in', ['', 'still_true', 'changed', 'ended'])), name='alex_ask_answer_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ReviewNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('side', models.CharField(choices=[('author', 'The author'), ('reviewer', 'The reviewer')], max_length=8)),
                        ('kind', models.CharField(choices=[('note', 'Note'), ('refusal', 'Sent back'), ('withdrawal', 'Withdrawn')], default='note', max_length=10)),
                        ('text', models.TextField()),
                        ('anchor', models.CharField(blank=True, max_length=60)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                        ('writer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='alex_note_says_something'), models.CheckConstraint(condition=models.Q(('side__in', ['author', 'reviewer'])), name='alex_note_side_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Transcript',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('language', models.CharField(max_length=12)),
                        ('cues', models.JSONField(default=list)),
                        ('digest', models.CharField(max_length=64)),
                        ('is_current', models.BooleanField(default=False)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'digest'), name='alex_transcript_once'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('entry',), name='alex_transcript_one_current')],
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audience', models.CharField(choices=[('public', 'Everyone'), ('alliance', 'All partner cities'), ('city', 'Our city only'), ('circle', 'A circle'), ('private', 'Only me')], default='alliance', max_length=8, verbose_name='audience')),
                        ('number', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=300)),
                        ('summary', models.TextField(blank=True)),
                        ('language', models.CharField(max_length=12)),
                        ('topics', models.JSONField(default=list)),
                        ('places', models.JSONField(default=list)),
                        ('period_from', models.DateField(blank=True, null=True)),
                        ('period_until', models.DateField(blank=True, null=True)),
                        ('fields', models.JSONField(default=dict)),
                        ('sections', models.JSONField(default=list)),
                        ('outcome', models.CharField(blank=True, choices=[('worked', 'Worked'), ('mixed', 'Mixed'), ('failed', 'Failed'), ('too_early', 'Too early to tell')], max_length=9)),
                        ('outcome_why', models.TextField(blank=True)),
                        ('outcome_evidence', models.TextField(blank=True)),
                        ('sources', models.JSONField(default=list)),
                        ('attachments', models.JSONField(default=list)),
                        ('licence', models.CharField(blank=True, max_length=200)),
                        ('digest', models.CharField(max_length=64)),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='what changed')),
                        ('restored_from', models.PositiveIntegerField(blank=True, null=True)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.circle')),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['entry', 'number'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'alliance', 'city', 'circle', 'private'])), name='alex_version_audience_known'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'city'), _negated=True), ('city__isnull', False), _connector='OR'), name='alex_version_city_audience_names_a_city'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'circle'), _negated=True), ('circle__isnull', False), _connector='OR'), name='alex_version_circle_audience_names_a_circle'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'private'), _negated=True), ('author__isnull', False), _connector='OR'), name='alex_version_private_has_an_author'), models.UniqueConstraint(fields=('entry', 'number'), name='alex_version_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='alex_version_counts_from_one'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'worked', 'mixed', 'failed', 'too_early'])), name='alex_version_outcome_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='alex_version_has_a_title')],
                    },
                ),
                migrations.CreateModel(
                    name='FailuresShown',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shown', models.JSONField(default=list)),
                        ('digest', models.CharField(max_length=64)),
                        ('shown_at', models.DateTimeField(auto_now_add=True)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                        ('shown_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.version')),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AdoptionResult',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('months', models.PositiveSmallIntegerField(choices=[(6, 'After 6 months'), (12, 'After 12 months'), (24, 'After 24 months')], verbose_name='when')),
                        ('outcome', models.CharField(choices=[('worked', 'Worked'), ('mixed', 'Mixed'), ('failed', 'Failed'), ('too_early', 'Too early to tell')], max_length=9, verbose_name='outcome')),
                        ('text', models.TextField(blank=True, verbose_name='what came of it')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.adoption')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['months'],
                        'constraints': [models.UniqueConstraint(fields=('adoption', 'months'), name='alex_result_once'), models.CheckConstraint(condition=models.Q(('months__in', [6, 12, 24])), name='alex_result_months_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['worked', 'mixed', 'failed', 'too_early'])), name='alex_result_outcome_known')],
                    },
                ),
                migrations.CreateModel(
                    name='DraftCopy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content', models.JSONField()),
                        ('digest', models.CharField(max_length=64)),
                        ('keys', models.JSONField(default=list)),
                        ('written_at', models.DateTimeField()),
                        ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'digest'), name='alex_copy_kept_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content', models.JSONField(default=dict)),
                        ('revision', models.PositiveIntegerField(default=0)),
                        ('based_on', models.PositiveIntegerField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('writing', 'Being written'), ('submitted', 'Submitted'), ('in_review', 'In review')], default='writing', max_length=9)),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('submitted_at', models.DateTimeField(blank=True, null=True)),
                        ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='alex.entry')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['writing', 'submitted', 'in_review'])), name='alex_draft_state_known'), models.CheckConstraint(condition=models.Q(('state', 'writing'), ('submitted_at__isnull', False), _connector='OR'), name='alex_draft_submitted_has_a_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='Contact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('about', models.CharField(blank=True, max_length=160, verbose_name='about')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'person'), name='alex_contact_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('file', models.FileField(upload_to='alex/%Y/%m/')),
                        ('name', models.CharField(max_length=200)),
                        ('media_type', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField()),
                        ('digest', models.CharField(max_length=64)),
                        ('label', models.CharField(blank=True, max_length=200, verbose_name='label')),
                        ('licence', models.CharField(blank=True, max_length=200, verbose_name='licence')),
                        ('is_current', models.BooleanField(default=False)),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'digest'), name='alex_attachment_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportRecord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('status', models.CharField(choices=[('created', 'Created'), ('updated', 'Updated'), ('unchanged', 'Unchanged'), ('refused', 'Refused'), ('left', 'Left alone')], max_length=9, verbose_name='what became of it')),
                        ('file', models.CharField(max_length=500, verbose_name='file')),
                        ('line', models.PositiveIntegerField(default=0, verbose_name='line')),
                        ('source_id', models.CharField(blank=True, max_length=200)),
                        ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                        ('passages', models.PositiveIntegerField(default=0)),
                        ('reason', models.CharField(blank=True, max_length=40)),
                        ('facts', models.JSONField(default=dict)),
                        ('notes', models.JSONField(default=list)),
                        ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='alex.entry')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.importrun')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['run', 'status'], name='alex_import_run_id_a9bbf9_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['created', 'updated', 'unchanged', 'refused', 'left'])), name='alex_import_record_status_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Said',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('field', models.CharField(max_length=40)),
                        ('text', models.TextField()),
                        ('source', models.CharField(max_length=40)),
                        ('thing', models.BigIntegerField()),
                        ('url', models.CharField(blank=True, max_length=300)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                        ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.version')),
                    ],
                    options={
                        'ordering': ['entry', 'position', 'pk'],
                        'indexes': [models.Index(fields=['source', 'thing'], name='alex_said_source_90489e_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='alex_said_says_something')],
                    },
                ),
            ],
        ),
        migrations.RunPython(lay, lift),
    ]
