import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
import house.partners.models.application
from django.conf import settings
from django.db import migrations, models


READING = ["alex.read", "magazine.read", "agora.read", "gatherings.read"]
TAKING_PART = ["alex.write", "agora.write", "gatherings.attend", "gatherings.host", "topics.suggest"]
OF_A_LEVEL = [*READING, "meetings.book", "people.directory", "partnership.read", "radar.read", "atlas.correct"]
PARTNER = [*OF_A_LEVEL, *TAKING_PART, "showcase.publish"]
OF_OURS = [*READING, *TAKING_PART, "people.directory", "alex.everywhere", "radar.read"]
CURATOR = [
    *OF_OURS, "alex.review", "office.today", "office.import", "agora.moderate", "showcase.curate", "magazine.edit",
    "radar.curate", "atlas.curate",
]
RIGHTS = {
    "associate": OF_A_LEVEL,
    "partner": PARTNER,
    "premium": [*PARTNER, "visits.request"],
    "contact": ["partnership.manage"],
    "coordinator": ["partnership.manage"],
    "expert": [*OF_OURS, "meetings.offer"],
    "curator": CURATOR,
    "office": [
        *CURATOR, "showcase.publish", "office.partnerships", "office.people", "office.rights", "office.ledger",
        "office.journal", "office.work", "office.reveal", "alex.oversee", "gatherings.run", "meetings.offer", "visits.plan",
    ],
}
BENEFITS = [
    ("one-on-one", "One-on-one session", "A session with an expert of the foundation.", "meetings.book"),
    ("full-day-visit", "Full-day visit", "The foundation comes to your city for a day.", "visits.request"),
    ("hosting-slot", "Hosting slot", "Host a seminar or workshop of the alliance.", "gatherings.host"),
]
ALLOWANCES = [
    ("associate", "one-on-one", 1, "year"), ("partner", "one-on-one", 1, "quarter"),
    ("premium", "one-on-one", 1, "quarter"), ("premium", "full-day-visit", 1, "year"),
    ("partner", "hosting-slot", 1, "year"), ("premium", "hosting-slot", 2, "year"),
]
SEATS = {"associate": 3, "partner": 10, "premium": 25}
BEGINNING = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def fill(apps, schema_editor):
    """The first table of rights."""
    right, table = apps.get_model("partners", "Right"), apps.get_model("partners", "Table")
    first = table.objects.create(effective_from=BEGINNING, note="The first table", seats=SEATS)
    right.objects.bulk_create(
        right(table=first, standing=standing, capability=name) for standing, names in RIGHTS.items() for name in names
    )
    benefit, allowance = apps.get_model("partners", "Benefit"), apps.get_model("partners", "Allowance")
    for code, name, description, capability in BENEFITS:
        benefit.objects.create(code=code, name=name, description=description, capability=capability)
    for level, code, units, per in ALLOWANCES:
        allowance.objects.create(table=first, level=level, benefit_id=code, units=units, per=per)


# SQLite drops a table's triggers when a later migration remakes it: that migration lays them again.
SQLITE = """
CREATE TRIGGER partners_movement_never_{act}s BEFORE {act} ON partners_movement
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END
"""
POSTGRES = """
CREATE FUNCTION partners_movement_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The ledger is append-only.' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER partners_movement_append_only BEFORE UPDATE OR DELETE ON partners_movement
FOR EACH ROW EXECUTE FUNCTION partners_movement_refuses();
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES)
        return
    for act in ("UPDATE", "DELETE"):
        schema_editor.execute(SQLITE.format(act=act))


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER partners_movement_append_only ON partners_movement")
        schema_editor.execute("DROP FUNCTION partners_movement_refuses()")
        return
    for act in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER partners_movement_never_{act}s")


class Migration(migrations.Migration):

    replaces = [
        ('partners', '0001_partnerships_seats_circles_rights'),
        ('partners', '0002_default_rights'),
        ('partners', '0003_rights_by_version'),
        ('partners', '0004_first_table'),
        ('partners', '0005_rights_belong_to_a_table'),
        ('partners', '0006_seats_of_a_city'),
        ('partners', '0007_invited_successor'),
        ('partners', '0008_applications_and_first_weeks'),
        ('partners', '0009_the_ledger'),
        ('partners', '0010_ledger_append_only'),
        ('partners', '0011_change_can_be_taken_back'),
        ('partners', '0012_work_for_any_city'),
        ('partners', '0013_rooms_where_people_meet'),
        ('partners', '0014_rooms_the_world_sees'),
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
                    name='Circle',
                    fields=[
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=120)),
                        ('cities', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.city')),
                        ('persons', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='Partnership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('associate', 'Associate'), ('partner', 'Partner'), ('premium', 'Premium')], max_length=10)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('grace_days', models.PositiveSmallIntegerField(default=30)),
                        ('last_day', models.DateField(blank=True, editable=False, null=True)),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('notes', models.TextField(blank=True)),
                        ('seats', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['city', '-starts_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['associate', 'partner', 'premium'])), name='partners_level_known'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='partners_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('last_day__isnull', True)), ('last_day__gte', models.F('ends_on')), _connector='OR'), name='partners_last_day_follows_end')],
                    },
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('kind', models.CharField(choices=[('contact', 'Contact'), ('coordinator', 'Coordinator'), ('member', 'Member')], default='member', max_length=12)),
                        ('team', models.CharField(blank=True, max_length=120)),
                        ('title', models.CharField(max_length=120)),
                        ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.partnership')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['partnership', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('partnership', 'person'), name='partners_one_seat_a_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Benefit',
                    fields=[
                        ('code', models.SlugField(max_length=40, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('description', models.CharField(blank=True, max_length=300, verbose_name='what it is')),
                        ('capability', models.CharField(blank=True, max_length=40)),
                        ('carry_over', models.PositiveSmallIntegerField(default=0, verbose_name='units carried over')),
                        ('is_offered', models.BooleanField(default=True)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='PartnershipChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('act', models.CharField(choices=[('opened', 'Opened'), ('level', 'Level changed'), ('extended', 'Extended'), ('renewed', 'Renewed'), ('ended', 'Ended'), ('seats', 'Seats changed')], max_length=10)),
                        ('effective_on', models.DateField()),
                        ('level', models.CharField(blank=True, choices=[('associate', 'Associate'), ('partner', 'Partner'), ('premium', 'Premium')], max_length=10)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('applied_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.partnership')),
                        ('was', models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        'ordering': ['-effective_on', '-pk'],
                        'indexes': [models.Index(fields=['partnership', 'act', 'effective_on'], name='partners_pa_partner_e79e97_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='RightException',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('capability', models.CharField(max_length=40)),
                        ('is_granted', models.BooleanField(verbose_name='allowed')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('reason', models.CharField(max_length=300)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.city')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['ends_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('city__isnull', True), ('person__isnull', True), _connector='XOR'), name='partners_exception_for_one_city_or_person'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='partners_exception_ends'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='partners_exception_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Table',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('effective_from', models.DateTimeField(db_index=True, verbose_name='in force from')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='why it changes')),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('seats', models.JSONField(default=dict)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-effective_from', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Right',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('capability', models.CharField(max_length=40)),
                        ('standing', models.CharField(choices=[('associate', 'Associate'), ('partner', 'Partner'), ('premium', 'Premium'), ('contact', 'Contact of a city'), ('coordinator', 'Coordinator of a city'), ('expert', 'Expert'), ('curator', 'Curator'), ('office', 'Office')], max_length=12)),
                        ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.table')),
                    ],
                    options={
                        'ordering': ['standing', 'capability'],
                        'constraints': [models.UniqueConstraint(fields=('table', 'standing', 'capability'), name='partners_right_once_a_table')],
                    },
                ),
                migrations.CreateModel(
                    name='Allowance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('associate', 'Associate'), ('partner', 'Partner'), ('premium', 'Premium')], max_length=10)),
                        ('units', models.PositiveSmallIntegerField()),
                        ('per', models.CharField(choices=[('year', 'a year'), ('quarter', 'a quarter'), ('month', 'a month')], max_length=8)),
                        ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.benefit')),
                        ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.table')),
                    ],
                    options={
                        'ordering': ['level', 'benefit'],
                        'constraints': [models.UniqueConstraint(fields=('table', 'level', 'benefit'), name='partners_allowance_once_a_table')],
                    },
                ),
                migrations.CreateModel(
                    name='CityDomain',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('domain', models.CharField(max_length=190, verbose_name='domain')),
                        ('with_subdomains', models.BooleanField(default=False, verbose_name='its subdomains too')),
                        ('added_at', models.DateTimeField(auto_now_add=True)),
                        ('verified_at', models.DateTimeField(blank=True, null=True)),
                        ('proof', models.CharField(blank=True, choices=[('office', 'The foundation looked'), ('address', 'A coordinator signs in with an address of it')], max_length=10)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.city')),
                        ('verified_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['domain'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'domain'), name='partners_domain_once_a_city'), models.UniqueConstraint(condition=models.Q(('verified_at__isnull', False)), fields=('domain',), name='partners_domain_of_one_city'), models.CheckConstraint(condition=models.Q(models.Q(('proof', ''), ('verified_at__isnull', True)), models.Q(('verified_at__isnull', False), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='partners_domain_verified_by_a_proof')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('words', models.TextField(blank=True, max_length=600, verbose_name='a word to her')),
                        ('invited_at', models.DateTimeField(auto_now_add=True)),
                        ('needs_approval', models.BooleanField(default=False)),
                        ('approved_at', models.DateTimeField(blank=True, null=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('expires_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.seat')),
                        ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-invited_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('seat',), name='partners_one_invitation_a_seat'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='partners_invitation_ends_once')],
                    },
                ),
                migrations.CreateModel(
                    name='JoinRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('title', models.CharField(max_length=120, verbose_name='role')),
                        ('words', models.TextField(blank=True, max_length=600, verbose_name='why you would like to join')),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('answer', models.CharField(blank=True, choices=[('approved', 'Approved'), ('declined', 'Declined')], max_length=10)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('reply', models.CharField(blank=True, max_length=300, verbose_name='a word to her')),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.city')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.seat')),
                    ],
                    options={
                        'ordering': ['asked_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('city', 'email'), name='partners_asks_a_city_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='partners_request_answer_has_a_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='Tenure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('began_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.seat')),
                    ],
                    options={
                        'ordering': ['-began_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('seat',), name='partners_one_sits_at_once'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='partners_tenure_ends_after_it_began')],
                    },
                ),
                migrations.CreateModel(
                    name='Guide',
                    fields=[
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                        ('done', models.JSONField(blank=True, default=list)),
                        ('skipped', models.JSONField(blank=True, default=list)),
                        ('begun_at', models.DateTimeField(auto_now_add=True)),
                        ('dismissed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Application',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.partners.models.application.application_code, editable=False, max_length=12, unique=True)),
                        ('kind', models.CharField(choices=[('city', 'A city'), ('person', 'A professional')], default='city', max_length=8)),
                        ('city_name', models.CharField(max_length=80, verbose_name='city')),
                        ('country_name', models.CharField(blank=True, max_length=80, verbose_name='country')),
                        ('place', models.CharField(db_index=True, max_length=180)),
                        ('name', models.CharField(max_length=120, verbose_name='your name')),
                        ('role', models.CharField(max_length=120, verbose_name='your role')),
                        ('department', models.CharField(blank=True, max_length=120, verbose_name='department or team')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('level', models.CharField(blank=True, choices=[('associate', 'Associate'), ('partner', 'Partner'), ('premium', 'Premium')], max_length=10, verbose_name='level')),
                        ('why', models.TextField(max_length=3000, verbose_name='why')),
                        ('shares', models.TextField(blank=True, max_length=3000, verbose_name='what the city shares already')),
                        ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                        ('consented_at', models.DateTimeField()),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('proven_at', models.DateTimeField(blank=True, null=True)),
                        ('stage', models.CharField(choices=[('received', 'Received'), ('talk', 'Talk'), ('agreed', 'Agreed'), ('signed', 'Signed'), ('welcome', 'Welcome'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='received', max_length=10)),
                        ('stage_at', models.DateTimeField()),
                        ('next_step', models.CharField(blank=True, max_length=200, verbose_name='next step')),
                        ('next_on', models.DateField(blank=True, null=True, verbose_name='on')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vocabulary.city')),
                        ('joined_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.application')),
                        ('looked_after_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.partnership')),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic')),
                    ],
                    options={
                        'ordering': ['-made_at', '-pk'],
                        'indexes': [models.Index(fields=['stage', 'proven_at'], name='partners_ap_stage_d27a14_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['received', 'talk', 'agreed', 'signed', 'welcome', 'declined', 'withdrawn'])), name='partners_application_stage_known'), models.CheckConstraint(condition=models.Q(('joined_to__isnull', True), models.Q(('joined_to', models.F('pk')), _negated=True), _connector='OR'), name='partners_application_not_joined_to_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='ApplicationEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('act', models.CharField(choices=[('moved', 'Moved'), ('note', 'Note'), ('mail', 'Mail sent'), ('care', 'Care and next step'), ('joined', 'Put together'), ('separated', 'Taken apart'), ('city', 'City settled'), ('opened', 'Partnership opened'), ('applicant', 'Applicant wrote')], max_length=10)),
                        ('at', models.DateTimeField(auto_now_add=True)),
                        ('was', models.CharField(blank=True, max_length=10)),
                        ('became', models.CharField(blank=True, max_length=10)),
                        ('subject', models.CharField(blank=True, max_length=200)),
                        ('text', models.TextField(blank=True)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.application')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.applicationevent')),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CityProfile',
                    fields=[
                        ('city', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='vocabulary.city')),
                        ('interests', models.TextField(blank=True, max_length=2000, verbose_name='what else interests us')),
                        ('challenges', models.TextField(blank=True, max_length=3000, verbose_name='what we struggle with')),
                        ('strengths', models.TextField(blank=True, max_length=3000, verbose_name='what we are good at')),
                        ('languages', models.JSONField(blank=True, default=list, verbose_name='languages of our people')),
                        ('audience', models.CharField(choices=[('public', 'Everyone'), ('alliance', 'All partner cities')], default='alliance', max_length=8, verbose_name='who may read this')),
                        ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('saved_at', models.DateTimeField(blank=True, null=True)),
                        ('skipped', models.JSONField(blank=True, default=list)),
                        ('dismissed_at', models.DateTimeField(blank=True, null=True)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic', verbose_name='what we are interested in')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ('public', 'alliance'))), name='partners_profile_audience_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Threshold',
                    fields=[
                        ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ('value', models.PositiveIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('per', models.CharField(choices=[('year', 'a year'), ('quarter', 'a quarter'), ('month', 'a month')], max_length=8)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('begins_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField(db_index=True)),
                        ('granted', models.PositiveSmallIntegerField(default=0)),
                        ('held', models.PositiveSmallIntegerField(default=0)),
                        ('used', models.PositiveSmallIntegerField(default=0)),
                        ('gone', models.PositiveSmallIntegerField(default=0)),
                        ('allotted', models.PositiveSmallIntegerField(default=0)),
                        ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.benefit')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                    ],
                    options={
                        'ordering': ['city', 'benefit', 'ends_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'benefit', 'per', 'starts_on'), name='partners_account_once_a_period'), models.CheckConstraint(condition=models.Q(('granted__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('held'), '+', models.F('used')), '+', models.F('gone')))), name='partners_account_never_below_zero'), models.CheckConstraint(condition=models.Q(('held__gte', 0), ('used__gte', 0), ('gone__gte', 0)), name='partners_account_sums_never_below_zero'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='partners_account_period_ends')],
                    },
                ),
                migrations.CreateModel(
                    name='Hold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('units', models.PositiveSmallIntegerField(default=1)),
                        ('state', models.CharField(choices=[('held', 'Asked for'), ('used', 'Used'), ('released', 'Withdrawn by the city'), ('refunded', 'Given back by the foundation')], default='held', max_length=10)),
                        ('what_for', models.CharField(max_length=500, verbose_name='what it is for')),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, max_length=300)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.account')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.seat')),
                    ],
                    options={
                        'ordering': ['asked_at', 'pk'],
                        'indexes': [models.Index(fields=['state', 'asked_at'], name='partners_ho_state_634441_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='partners_hold_of_something')],
                    },
                ),
                migrations.CreateModel(
                    name='Movement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('key', models.CharField(max_length=160, unique=True)),
                        ('kind', models.CharField(choices=[('grant', 'Granted'), ('hold', 'Held'), ('use', 'Used'), ('release', 'Withdrawn'), ('refund', 'Refunded'), ('expire', 'Expired'), ('carry', 'Carried over'), ('correct', 'Corrected')], max_length=8)),
                        ('granted', models.SmallIntegerField(default=0)),
                        ('held', models.SmallIntegerField(default=0)),
                        ('used', models.SmallIntegerField(default=0)),
                        ('gone', models.SmallIntegerField(default=0)),
                        ('left_after', models.PositiveSmallIntegerField()),
                        ('actor', models.BigIntegerField(null=True)),
                        ('actor_seat', models.BigIntegerField(null=True)),
                        ('reason', models.CharField(max_length=500)),
                        ('at', models.DateTimeField(db_index=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.account')),
                        ('hold', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.hold')),
                        ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.movement')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='partners_movement_has_a_reason'), models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='partners_movement_has_a_key')],
                    },
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(lay, lift),
    ]
