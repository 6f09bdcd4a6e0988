import django.db.models.deletion
import house.ground.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('vocabulary', '0001_cities_and_topics'),
        ('vocabulary', '0002_sources_of_figures'),
        ('vocabulary', '0003_city_traits'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        house.ground.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='City',
                    fields=[
                        ('code', models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name='code')),
                        ('slug', models.SlugField(allow_unicode=True, unique=True)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('names', models.JSONField(blank=True, default=dict)),
                        ('country', models.CharField(max_length=2)),
                        ('country_name', models.CharField(max_length=80)),
                        ('latitude', models.FloatField()),
                        ('longitude', models.FloatField()),
                        ('time_zone', models.CharField(max_length=40)),
                        ('languages', models.JSONField(default=list)),
                        ('summary', models.TextField(blank=True)),
                        ('terrain', models.JSONField(blank=True, default=list)),
                        ('is_invented', models.BooleanField(default=False)),
                        ('sources', models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Topic',
                    fields=[
                        ('slug', models.SlugField(primary_key=True, serialize=False)),
                        ('labels', models.JSONField(default=dict)),
                        ('alt_labels', models.JSONField(default=dict)),
                        ('definition', models.TextField(blank=True)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('broader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.topic')),
                    ],
                    options={
                        'ordering': ['position', 'slug'],
                    },
                ),
                migrations.CreateModel(
                    name='CityFact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=40)),
                        ('value', models.FloatField()),
                        ('unit', models.CharField(blank=True, max_length=20)),
                        ('year', models.PositiveSmallIntegerField(null=True)),
                        ('source', models.CharField(max_length=200)),
                        ('url', models.URLField(max_length=400)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.city')),
                        ('label', models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        'ordering': ['name', 'city_id'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'name'), name='vocabulary_one_fact_of_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='CityTrait',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=20)),
                        ('value', models.CharField(max_length=40)),
                        ('year', models.PositiveSmallIntegerField(null=True)),
                        ('source', models.CharField(max_length=200)),
                        ('url', models.URLField(blank=True, max_length=400)),
                        ('is_stated', models.BooleanField(default=False)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.city')),
                    ],
                    options={
                        'ordering': ['name', 'value'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'name', 'value'), name='vocabulary_one_trait_of_a_value')],
                    },
                ),
            ],
        ),
    ]
