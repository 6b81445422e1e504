import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_replies_witnesses_suggestions"),
        ("ingest", "0003_what_texts_would_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="SuggestedCollection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "collection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="documents.collection"
                    ),
                ),
            ],
        ),
    ]
