from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_replies")]

    operations = [
        migrations.RemoveConstraint(model_name="reference", name="reference_is_listed_once"),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                fields=["document", "ident", "words", "target"],
                condition=models.Q(origin="listed"),
                name="reference_is_listed_once",
                violation_error_message="This reference is listed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                fields=["document", "ident", "words", "target"],
                condition=~models.Q(origin="listed"),
                name="reference_is_derived_once",
            ),
        ),
    ]
