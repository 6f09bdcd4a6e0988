from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agora", "0002_invitations")]

    operations = [
        # safe: a renamed column keeps its rows; nothing outside the room reads it
        migrations.RenameField("invitation", "is_expert", "went_on")
    ]
