"""The Django project: settings, addresses, the embedded database, the start of the server. Wiring only."""
