import django.db.models.deletion
import django.utils.timezone
import house.ground.codes
import house.ground.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('showcase', '0001_showcases'),
    ]

    initial = True

    dependencies = [
        ('alex', '0001_whole'),
        ('people', '0001_whole'),
        ('vocabulary', '0001_whole'),
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Face',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('words', models.CharField(blank=True, max_length=200, verbose_name='one sentence about your work')),
                        ('agreed_at', models.DateTimeField()),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['agreed_at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Quotation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('side', models.CharField(choices=[('member', 'A member'), ('press', 'The press')], default='member', max_length=6, verbose_name='who speaks')),
                        ('text', models.TextField(max_length=1200, verbose_name='what was said')),
                        ('language', models.CharField(default='en', max_length=12, verbose_name='language')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('role', models.CharField(max_length=160, verbose_name='role, or the paper')),
                        ('said_on', models.DateField(verbose_name='when it was said')),
                        ('source', models.CharField(max_length=200, verbose_name='where it was said')),
                        ('source_url', models.URLField(blank=True, max_length=400, verbose_name='address of the source')),
                        ('agreed_on', models.DateField(blank=True, null=True, verbose_name='agreed on')),
                        ('agreed_how', models.CharField(blank=True, max_length=300, verbose_name='how it was agreed')),
                        ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('is_shown', models.BooleanField(default=False, verbose_name='shown to the public')),
                        ('position', models.PositiveSmallIntegerField(default=100, verbose_name='order')),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city', verbose_name='city')),
                        ('kept_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['position', '-said_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['member', 'press'])), name='showcase_quotation_side_known'), models.CheckConstraint(condition=models.Q(('is_shown', False), models.Q(('agreed_on__isnull', False), ('withdrawn_at__isnull', True), models.Q(('agreed_how', ''), _negated=True)), _connector='OR'), name='showcase_quotation_shown_by_consent')],
                    },
                ),
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=160)),
                        ('summary', models.CharField(max_length=300)),
                        ('text', models.TextField(blank=True)),
                        ('language', models.CharField(max_length=12)),
                        ('topics', models.JSONField(default=list)),
                        ('pictures', models.JSONField(default=list)),
                        ('video', models.CharField(blank=True, max_length=400)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('showcase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='showcase.showcase')),
                    ],
                    options={
                        'ordering': ['showcase', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('showcase', 'number'), name='showcase_edition_once'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='showcase_edition_has_a_title')],
                    },
                ),
                migrations.CreateModel(
                    name='Picture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('large', models.FileField(upload_to='showcase/')),
                        ('small', models.FileField(upload_to='showcase/')),
                        ('width', models.PositiveIntegerField()),
                        ('height', models.PositiveIntegerField()),
                        ('digest', models.CharField(max_length=64)),
                        ('is_current', models.BooleanField(default=False)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('showcase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='showcase.showcase')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('showcase', 'digest'), name='showcase_picture_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Showcase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=9)),
                        ('draft', models.JSONField(default=dict)),
                        ('revision', models.PositiveIntegerField(default=0)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('changed_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_why', models.CharField(blank=True, max_length=300)),
                        ('is_demonstration', models.BooleanField(default=False)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.city')),
                        ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='showcase.picture')),
                        ('current', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='showcase.edition')),
                        ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='alex.entry')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic')),
                    ],
                    options={
                        'ordering': ['-published_at', '-pk'],
                        'indexes': [models.Index(fields=['state', '-published_at'], name='showcase_sh_state_d41439_idx'), models.Index(fields=['city', 'state'], name='showcase_sh_city_id_5e444d_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'withdrawn'])), name='showcase_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('current__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='showcase_published_has_an_edition')],
                    },
                ),
                migrations.CreateModel(
                    name='Contact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=house.ground.codes.short_code, editable=False, max_length=12, unique=True)),
                        ('shows_address', models.BooleanField(default=False, verbose_name='her e-mail address is shown')),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('agreed_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('showcase', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='showcase.showcase')),
                    ],
                    options={
                        'ordering': ['asked_at', 'pk'],
                    },
                ),
            ],
        ),
    ]
