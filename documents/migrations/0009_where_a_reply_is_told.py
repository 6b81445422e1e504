from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_references_listed_and_derived")]

    operations = [
        migrations.AddField(
            model_name="reply", name="in_answered", field=models.BooleanField(default=False, editable=False)
        ),
    ]
