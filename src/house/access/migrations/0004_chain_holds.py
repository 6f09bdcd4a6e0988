from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0003_chain_old_rows")]

    operations = [
        migrations.AlterField("journalrow", "number", models.BigIntegerField(unique=True, editable=False)),
    ]
