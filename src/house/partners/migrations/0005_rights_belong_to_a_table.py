import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_first_table")]
    operations = [
        migrations.AlterField(
            model_name="right",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.table"
            ),
        ),
        migrations.AddConstraint(
            model_name="right",
            constraint=models.UniqueConstraint(fields=("table", "standing", "capability"), name="partners_right_once_a_table"),
        ),
    ]
