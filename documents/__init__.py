"""The archive's models and the reading room's pages."""
