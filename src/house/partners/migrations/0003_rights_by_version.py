import django.db.models.deletion
import house.ground.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0002_default_rights'),
        ('vocabulary', '0002_sources_of_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('associate', 'Associate'), ('partner', 'Partner'), ('premium', 'Premium')], max_length=10)),
                ('units', models.PositiveSmallIntegerField()),
                ('per', models.CharField(choices=[('year', 'a year'), ('quarter', 'a quarter'), ('month', 'a month')], max_length=8)),
            ],
            options={
                'ordering': ['level', 'benefit'],
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
            ],
            options={
                'ordering': ['-effective_on', '-pk'],
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
            ],
            options={
                'ordering': ['ends_on', 'pk'],
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
            ],
            options={
                'ordering': ['-effective_from', '-pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='right',
            options={'ordering': ['standing', 'capability']},
        ),
        migrations.RemoveConstraint(
            model_name='right',
            name='partners_right_once',
        ),
        migrations.RenameField('right', 'level', 'standing'),
        migrations.AddField(
            model_name='partnership',
            name='notes',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='partnership',
            name='seats',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='right',
            name='standing',
            field=models.CharField(choices=[('associate', 'Associate'), ('partner', 'Partner'), ('premium', 'Premium'), ('contact', 'Contact of a city'), ('coordinator', 'Coordinator of a city'), ('expert', 'Expert'), ('curator', 'Curator'), ('office', 'Office')], max_length=12),
        ),
        migrations.AddField(
            model_name='allowance',
            name='benefit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.benefit'),
        ),
        migrations.AddField(
            model_name='partnershipchange',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnershipchange',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.partnership'),
        ),
        migrations.AddField(
            model_name='rightexception',
            name='city',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.city'),
        ),
        migrations.AddField(
            model_name='rightexception',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rightexception',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='table',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='allowance',
            name='table',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.table'),
        ),
        migrations.AddField(
            model_name='right',
            name='table',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.table'),
        ),
        migrations.AddIndex(
            model_name='partnershipchange',
            index=models.Index(fields=['partnership', 'act', 'effective_on'], name='partners_pa_partner_e79e97_idx'),
        ),
        migrations.AddConstraint(
            model_name='rightexception',
            constraint=models.CheckConstraint(condition=models.Q(('city__isnull', True), ('person__isnull', True), _connector='XOR'), name='partners_exception_for_one_city_or_person'),
        ),
        migrations.AddConstraint(
            model_name='rightexception',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='partners_exception_ends'),
        ),
        migrations.AddConstraint(
            model_name='rightexception',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='partners_exception_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='allowance',
            constraint=models.UniqueConstraint(fields=('table', 'level', 'benefit'), name='partners_allowance_once_a_table'),
        ),
    ]

