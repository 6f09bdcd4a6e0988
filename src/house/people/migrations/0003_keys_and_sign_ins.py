import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_directory_and_contact"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("code", "Typed code"),
                            ("passkey", "Passkey"),
                            ("second", "Typed code and a second factor"),
                            ("link", "Operator's link"),
                        ],
                        max_length=8,
                    ),
                ),
                ("browser", models.CharField(max_length=64)),
                ("device", models.CharField(max_length=80)),
                ("is_new", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["person", "-at"], name="people_signin_recent")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["code", "passkey", "second", "link"])),
                        name="people_signin_way_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("used", models.PositiveIntegerField(default=1)),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
        ),
        # Keys from before this change keep what they could do, for ninety days more.
        migrations.AddField(
            model_name="apitoken",
            name="expires_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now() + datetime.timedelta(days=90)
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="apitoken",
            name="scopes",
            field=models.JSONField(null=True),
        ),
    ]
