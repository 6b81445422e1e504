from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Carries the commands that start and administer the archive; it has no models."""

    name = "archive"
