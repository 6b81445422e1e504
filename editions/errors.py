"""What readers raise when a text cannot be read."""


class ReadError(ValueError):
    """A source cannot be read: ``line`` (from 1, 0 when there is none) and a message that says what to do."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.message = message
        self.line = line
