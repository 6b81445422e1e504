from django.apps import AppConfig
from django.db.models.signals import post_migrate

from ingest.roles import make_roles


class IngestConfig(AppConfig):
    name = "ingest"
    verbose_name = "Texts coming in"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(make_roles, sender=self, dispatch_uid="roles")
