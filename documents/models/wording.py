"""Words as they are looked up: without case, punctuation and the many kinds of dashes. The database works it out."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField
from django.db.models.functions import MD5

#: A line by itself that says what a document is among others of its issuer: NIE 11–8–62, NSC 5515/1, CM-882-63.
DESIGNATION = r"^[A-Z]{2,8}(–|-| | No\. )[0-9][0-9./–-]{0,24}$"
#: It stands among the first passages of a document.
FIRST_PASSAGES = 6


class Bare(Func):
    """Words in lower case with single spaces between them: "NIE 11–8–62" is "nie 11 8 62"."""

    arity = 1
    output_field = TextField()
    template = "BTRIM(REGEXP_REPLACE(LOWER(%(expressions)s), '[^[:alnum:]]+', ' ', 'g'))"


class Fingerprint(MD5):
    """Short whatever the length of the words, for an index; the same for the same bare words."""

    def __init__(self, expression: object) -> None:
        super().__init__(Bare(expression))


class Numbers(Func):
    """Every number in these columns, as an array of digits."""

    output_field = ArrayField(TextField())
    template = "REGEXP_SPLIT_TO_ARRAY(%(expressions)s, '[^0-9]+')"
    arg_joiner = " || ' ' || "
