"""Keeping a search: its results for other programs, as a feed, as files, and as answers to what they ask."""
