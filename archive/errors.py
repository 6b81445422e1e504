"""What stands in the way of starting, told to a person."""


class SetupError(Exception):
    """Something a person has to put right before the archive can run: one sentence that says what to do."""
