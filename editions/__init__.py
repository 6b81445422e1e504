"""What a text is, and how it is read and written. Pure Python: nothing here knows Django or a database."""
