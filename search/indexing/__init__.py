"""What an index holds, and how it follows the database, whatever the engine."""
