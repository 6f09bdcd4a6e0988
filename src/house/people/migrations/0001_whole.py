import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
import house.people.models.person
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_persons'),
        ('people', '0002_directory_and_contact'),
        ('people', '0003_keys_and_sign_ins'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('vocabulary', '0001_whole'),
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('job_title', models.CharField(blank=True, max_length=120, verbose_name='role')),
                        ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                        ('can_help_with', models.TextField(blank=True, max_length=1000, verbose_name='I can help with')),
                        ('looks_for', models.TextField(blank=True, max_length=1000, verbose_name='I look for')),
                        ('time_zone', models.CharField(default='UTC', max_length=40, validators=[house.people.models.person.known_time_zone], verbose_name='time zone')),
                        ('photo', models.ImageField(blank=True, upload_to='photos/', verbose_name='photo')),
                        ('is_office', models.BooleanField(default=False)),
                        ('is_curator', models.BooleanField(default=False)),
                        ('is_expert', models.BooleanField(default=False)),
                        ('is_active', models.BooleanField(default=True)),
                        ('single_keys', models.BooleanField(default=True, verbose_name='single-key shortcuts')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city', verbose_name='city')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic', verbose_name='topics of interest')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                        ('erase_after', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('is_listed', models.BooleanField(default=True, verbose_name='colleagues of other cities find me')),
                        ('withheld', models.JSONField(blank=True, default=list, verbose_name='kept from colleagues')),
                    ],
                    options={
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='people_email_unique_whatever_case'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='people_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='ApiToken',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('label', models.CharField(blank=True, max_length=80)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('expires_at', models.DateTimeField()),
                        ('scopes', models.JSONField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='ContactMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('subject', models.CharField(max_length=120, verbose_name='subject')),
                        ('text', models.TextField(max_length=5000, verbose_name='message')),
                        ('shows_address', models.BooleanField(default=False, verbose_name='reply to my address')),
                        ('sent_at', models.DateTimeField(auto_now_add=True)),
                        ('mailed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('is_muted', models.BooleanField(default=False, editable=False)),
                        ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('sender', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-sent_at', '-pk'],
                        'indexes': [models.Index(fields=['sender', 'sent_at'], name='people_cont_sender__7bd4fd_idx'), models.Index(fields=['receiver', 'sent_at'], name='people_cont_receive_706b6d_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('sender', models.F('receiver')), _negated=True), name='people_message_goes_to_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Mute',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('muted', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'muted'), name='people_muted_once'), models.CheckConstraint(condition=models.Q(('person', models.F('muted')), _negated=True), name='people_mutes_another')],
                    },
                ),
                migrations.CreateModel(
                    name='SignIn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('way', models.CharField(choices=[('code', 'Typed code'), ('passkey', 'Passkey'), ('second', 'Typed code and a second factor'), ('link', "Operator's link")], max_length=8)),
                        ('browser', models.CharField(max_length=64)),
                        ('device', models.CharField(max_length=80)),
                        ('is_new', models.BooleanField(default=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['person', '-at'], name='people_signin_recent')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['code', 'passkey', 'second', 'link'])), name='people_signin_way_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Tally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=64, unique=True)),
                        ('used', models.PositiveIntegerField(default=1)),
                        ('ends_at', models.DateTimeField(db_index=True)),
                    ],
                ),
            ],
        ),
    ]
