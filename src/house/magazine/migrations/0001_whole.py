import django.db.models.deletion
import house.ground.migrating
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('magazine', '0001_pictures_issues_articles'),
        ('magazine', '0002_joined_and_bound'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_whole'),
        ('taggit', '0001_whole'),
        ('vocabulary', '0001_whole'),
        ('wagtailcore', '0001_whole'),
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Picture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=255, verbose_name='title')),
                        ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                        ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                        ('width', models.IntegerField(editable=False, verbose_name='width')),
                        ('height', models.IntegerField(editable=False, verbose_name='height')),
                        ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                        ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                        ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                        ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                        ('credit', models.CharField(blank=True, max_length=200, verbose_name='who made it')),
                        ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                        ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                        ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                    ],
                    options={
                        'abstract': False,
                    },
                    bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name='Issue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                        ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                        ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                        ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                        ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                        ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                        ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                        ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                        ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                        ('number', models.PositiveIntegerField(unique=True, verbose_name='number')),
                        ('month', models.DateField(help_text='The first day of its month.', verbose_name='month')),
                        ('title', models.CharField(max_length=120, verbose_name='title')),
                        ('cover_alt', models.CharField(blank=True, max_length=300, verbose_name='what the cover shows')),
                        ('note', wagtail.fields.RichTextField(blank=True, verbose_name="editor's note")),
                        ('note_by', models.CharField(blank=True, max_length=120, verbose_name='who wrote the note')),
                        ('sections', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='sections')),
                        ('is_sample', models.BooleanField(default=False, help_text='Everybody reads all of it. One issue at most.', verbose_name='free sample')),
                        ('is_demonstration', models.BooleanField(default=False, editable=False)),
                        ('mailed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                        ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                        ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                        ('cover', models.ForeignKey(blank=True, help_text='Without one the house draws a cover.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='magazine.picture', verbose_name='cover')),
                    ],
                    options={
                        'verbose_name': 'issue',
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_sample', True)), fields=('is_sample',), name='magazine_one_sample'), models.CheckConstraint(condition=models.Q(('cover__isnull', True), models.Q(('cover_alt', ''), _negated=True), _connector='OR'), name='magazine_cover_says_what_it_shows'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='magazine_month_is_its_first_day')],
                    },
                    bases=(wagtail.models.preview.PreviewableMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='Article',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                        ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                        ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                        ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                        ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                        ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                        ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                        ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                        ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                        ('section', models.CharField(blank=True, help_text='By the name that it has in the issue.', max_length=80, verbose_name='section')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the issue')),
                        ('title', models.CharField(max_length=160, verbose_name='title')),
                        ('slug', models.SlugField(allow_unicode=True, max_length=100, verbose_name='address')),
                        ('teaser', models.TextField(blank=True, max_length=500, verbose_name='teaser')),
                        ('language', models.CharField(choices=[('ca', 'Català'), ('da', 'Dansk'), ('de', 'Deutsch'), ('en', 'English'), ('es', 'Español'), ('fr', 'Français'), ('he', 'עברית'), ('ko', '한국어'), ('nl', 'Nederlands'), ('pt', 'Português'), ('sv', 'Svenska'), ('zh', '中文')], default='en', max_length=12, verbose_name='language')),
                        ('byline', models.CharField(blank=True, max_length=200, verbose_name='written by')),
                        ('licence', models.CharField(blank=True, choices=[('', 'All rights reserved'), ('CC BY 4.0', 'CC BY 4.0'), ('CC BY-SA 4.0', 'CC BY-SA 4.0'), ('CC0 1.0', 'CC0 1.0')], max_length=20, verbose_name='licence')),
                        ('audience', models.CharField(choices=[('public', 'Everyone'), ('members', 'Members')], default='members', max_length=7, verbose_name='who may read')),
                        ('body', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='text')),
                        ('source_kind', models.CharField(blank=True, editable=False, max_length=20)),
                        ('source_key', models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                        ('is_demonstration', models.BooleanField(default=False, editable=False)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('cities', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='vocabulary.city', verbose_name='cities')),
                        ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                        ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                        ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                        ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='vocabulary.topic', verbose_name='topics')),
                        ('issue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='magazine.issue', verbose_name='issue')),
                    ],
                    options={
                        'verbose_name': 'article',
                        'ordering': ['issue', 'position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('issue', 'slug'), name='magazine_address_once_an_issue', violation_error_message='Another article of this issue has this address.'), models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'members'])), name='magazine_audience_known'), models.CheckConstraint(condition=models.Q(('live', False), ('issue__isnull', False), _connector='OR'), name='magazine_live_stands_in_an_issue', violation_error_message='Choose the issue that it stands in before you publish it.')],
                    },
                    bases=(wagtail.models.preview.PreviewableMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='Plan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.DateField(unique=True)),
                        ('picked', models.JSONField(default=list)),
                        ('dropped', models.JSONField(default=list)),
                        ('before', models.JSONField(default=list)),
                        ('changed_at', models.DateTimeField(auto_now=True)),
                        ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('issue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='magazine.issue')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='magazine_plan_of_a_month')],
                    },
                ),
                migrations.CreateModel(
                    name='Rendition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('filter_spec', models.CharField(db_index=True, max_length=255)),
                        ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                        ('width', models.IntegerField(editable=False)),
                        ('height', models.IntegerField(editable=False)),
                        ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                        ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='magazine.picture')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='magazine_rendition_once')],
                    },
                    bases=(wagtail.images.models.ImageFileMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='SecondReader',
                    fields=[
                        ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                    ],
                    bases=('wagtailcore.task',),
                ),
            ],
        ),
    ]
