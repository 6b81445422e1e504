"""The database engine of the archive: PostgreSQL, embedded or on a server of its own."""
