"""What a letter answers becomes a reply that an editor confirmed: a letter may answer several documents."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def to_replies(apps: Any, schema_editor: Any) -> None:
    letter, reply = apps.get_model("documents", "Letter"), apps.get_model("documents", "Reply")
    using = schema_editor.connection.alias
    rows = letter.objects.using(using).exclude(answers=None).values_list("pk", "answers").order_by("pk")
    made = (reply(letter_id=key, answered_id=answers) for key, answers in rows.iterator() if key != answers)
    reply.objects.using(using).bulk_create(made, batch_size=1000, ignore_conflicts=True)


def to_answers(apps: Any, schema_editor: Any) -> None:
    """Of several documents that a letter answers, the one said first stays."""
    letter, reply = apps.get_model("documents", "Letter"), apps.get_model("documents", "Reply")
    using = schema_editor.connection.alias
    for row in reply.objects.using(using).filter(status="confirmed").order_by("-pk"):
        letter.objects.using(using).filter(pk=row.letter_id).update(answers=row.answered_id)


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_replies_witnesses_suggestions")]

    operations = [
        migrations.RunPython(to_replies, to_answers),
        # Deferred checks of the rows made above would keep the table from being altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RemoveField(model_name="letter", name="answers"),
    ]
