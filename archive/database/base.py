"""The engine Django asks for: PostgreSQL, where the first connection starts the embedded server if that is used."""

from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.postgresql import base

from archive.database import embedded
from archive.errors import SetupError


class DatabaseUnreachable(SetupError, OperationalError):
    """The database server does not let the archive in."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the archive's database."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connects; a server that refuses or does not answer is told in one sentence."""
        if settings.EMBEDDED_DATABASE:
            embedded.start(settings.EMBEDDED_DATABASE)
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError as error:
            reason = str(error).strip().partition("\n")[0] or "no answer"
            advice = "start the archive again" if settings.EMBEDDED_DATABASE else "see that DATABASE_URL is right"
            raise DatabaseUnreachable(f"The database cannot be reached ({reason}): {advice}.") from error
