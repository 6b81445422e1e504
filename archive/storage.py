"""How static files are stored: compressed, under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Renames the modules that scripts import as well, not only what style sheets name."""

    support_js_module_import_aggregation = True
