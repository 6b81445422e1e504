"""What the archive is measured by: ``make bench``."""
