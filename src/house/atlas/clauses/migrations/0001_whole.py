import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('clauses', '0001_rules'),
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
                    name='Correction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='what the text says')),
                        ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='number')),
                        ('unit', models.CharField(blank=True, max_length=60, verbose_name='unit')),
                        ('day', models.DateField(blank=True, null=True, verbose_name='date')),
                        ('words', models.CharField(blank=True, max_length=200, verbose_name='in a few words')),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='note in plain words')),
                        ('valid_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                        ('valid_until', models.DateField(blank=True, null=True, verbose_name='in force until')),
                        ('quote', models.TextField(max_length=3000, verbose_name='official text, word for word')),
                        ('quote_language', models.CharField(default='en', max_length=12, verbose_name='language of the text')),
                        ('source_title', models.CharField(max_length=300, verbose_name='title of the source')),
                        ('source_url', models.URLField(max_length=400, verbose_name='address of the source')),
                        ('entry_url', models.CharField(blank=True, max_length=200, verbose_name='entry in ALEX')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('field', models.CharField(choices=[('short-term-rental', 'Short-term rental'), ('shared-vehicles', 'Shared bikes and scooters'), ('for-hire', 'For-hire vehicles'), ('platform-work', 'Platform work')], max_length=20)),
                        ('type', models.CharField(max_length=20)),
                        ('why', models.CharField(max_length=600, verbose_name='what is wrong, and how you know')),
                        ('state', models.CharField(choices=[('open', 'Waits for a decision'), ('accepted', 'Accepted'), ('refused', 'Not taken over')], default='open', max_length=8)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=600)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'refused'])), name='clauses_correction_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='clauses_refused_with_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Clause',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('field', models.CharField(choices=[('short-term-rental', 'Short-term rental'), ('shared-vehicles', 'Shared bikes and scooters'), ('for-hire', 'For-hire vehicles'), ('platform-work', 'Platform work')], max_length=20)),
                        ('type', models.CharField(max_length=20)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('public', 'Published')], default='draft', max_length=6)),
                        ('audience', models.CharField(choices=[('public', 'Everyone'), ('alliance', 'All partner cities')], default='public', max_length=8)),
                        ('checked_on', models.DateField(blank=True, null=True)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('current', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clauses.version')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('city', 'field', 'type'), name='clauses_one_answer_to_a_question'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'public'])), name='clauses_state_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'alliance'])), name='clauses_audience_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'public'), _negated=True), ('current__isnull', False), _connector='OR'), name='clauses_public_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='what the text says')),
                        ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='number')),
                        ('unit', models.CharField(blank=True, max_length=60, verbose_name='unit')),
                        ('day', models.DateField(blank=True, null=True, verbose_name='date')),
                        ('words', models.CharField(blank=True, max_length=200, verbose_name='in a few words')),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='note in plain words')),
                        ('valid_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                        ('valid_until', models.DateField(blank=True, null=True, verbose_name='in force until')),
                        ('quote', models.TextField(max_length=3000, verbose_name='official text, word for word')),
                        ('quote_language', models.CharField(default='en', max_length=12, verbose_name='language of the text')),
                        ('source_title', models.CharField(max_length=300, verbose_name='title of the source')),
                        ('source_url', models.URLField(max_length=400, verbose_name='address of the source')),
                        ('entry_url', models.CharField(blank=True, max_length=200, verbose_name='entry in ALEX')),
                        ('number', models.PositiveIntegerField()),
                        ('audience', models.CharField(blank=True, max_length=8)),
                        ('why', models.CharField(blank=True, max_length=300)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clauses.clause')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['clause', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('clause', 'number'), name='clauses_version_once'), models.CheckConstraint(condition=models.Q(('answer__in', ['yes', 'no'])), name='clauses_answer_known'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_from__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='clauses_ends_after_it_begins')],
                    },
                ),
            ],
        ),
    ]
