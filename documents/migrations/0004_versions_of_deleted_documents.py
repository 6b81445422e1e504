from django.db import migrations, models


def give_keys(apps, schema_editor):
    versions = apps.get_model("documents", "Version").objects
    versions.exclude(document=None).update(document_key=models.F("document"))


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0003_long_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="document_key",
            field=models.PositiveBigIntegerField(db_index=True, default=0),
            preserve_default=False,
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
