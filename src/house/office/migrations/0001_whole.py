import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('office', '0001_people_acts_and_reveals'),
        ('office', '0002_reveals_of_posts_and_answers'),
    ]

    initial = True

    dependencies = [
        ('agora', '0001_whole'),
        ('alex', '0001_whole'),
        ('people', '0001_whole'),
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='PeopleAct',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('act', models.CharField(choices=[('suspend', 'Suspend'), ('reinstate', 'Reinstate'), ('give_office', 'Take into the office'), ('take_office', 'Take out of the office'), ('give_curator', 'Make a curator'), ('take_curator', 'No longer a curator'), ('give_expert', 'Make an expert'), ('take_expert', 'No longer an expert'), ('end_sessions', 'End all sessions'), ('send_help', 'Send help with signing in')], max_length=12)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reason', models.CharField(max_length=300)),
                        ('before', models.JSONField(default=dict)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Reveal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('reason', models.TextField()),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('lapses_at', models.DateTimeField()),
                        ('agreed_at', models.DateTimeField(null=True)),
                        ('refused_at', models.DateTimeField(null=True)),
                        ('read_by_asker_at', models.DateTimeField(null=True)),
                        ('read_by_other_at', models.DateTimeField(null=True)),
                        ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alex.entry')),
                        ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.answer')),
                        ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agora.post')),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='office_reveal_takes_two'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='office_reveal_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', True), ('entry__isnull', False), ('post__isnull', True)), models.Q(('answer__isnull', True), ('entry__isnull', True), ('post__isnull', False)), models.Q(('answer__isnull', False), ('entry__isnull', True), ('post__isnull', True)), _connector='OR'), name='office_reveal_is_about_one_thing')],
                    },
                ),
            ],
        ),
    ]
