"""Codes and names that are made at random: addresses, join codes, return codes, and the hashes by which they are known.

No character of a code looks like another (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V), and without vowels they make no words.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "3479CDFGHJKMNPQRTWXY"
#: Characters of a join code, of a return code, and how many stand together when they are shown.
JOINING, RETURNING, GROUP = 6, 10, 5
#: What people type for what was meant.
MEANT = str.maketrans("", "", " -–—.\t")


def new_ident() -> str:
    """An address that nobody guesses: about 70 bits."""
    return secrets.token_hex(9)


def new_join_code() -> str:
    """A code for a class: one of 64 million."""
    return _random(JOINING)


def new_return_code() -> str:
    """A code for a student: one of ten million millions."""
    return _random(RETURNING)


def read_code(typed: str) -> str:
    """A code as it is stored, from what somebody typed; may be no code at all."""
    return typed.translate(MEANT).upper()[:40]


def shown(code: str) -> str:
    """A code as it is printed: join codes whole, return codes in two groups."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP)) if len(code) > JOINING else code


def keyed_hash(purpose: str, secret: str) -> str:
    """What is stored in place of a secret: HMAC-SHA256 under the archive's own key, 64 hexadecimal digits."""
    key = f"classroom:{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()


def derived_code(purpose: str, secret: str) -> str:
    """A return code that follows from a secret, by the archive's own key."""
    number = int(keyed_hash(purpose, secret), 16)
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(RETURNING))


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
