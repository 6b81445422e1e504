#!/usr/bin/env python
"""The archive's commands: ``python manage.py help`` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

from archive.errors import SetupError


def main() -> None:
    """Runs one command; what only a person can put right ends it with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    try:
        execute_from_command_line(sys.argv)
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
