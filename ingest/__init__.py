"""The only writer of editions to the database: formats, store, import and export."""
