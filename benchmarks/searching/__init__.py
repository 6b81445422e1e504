"""``make bench-search``: how fast and how well the archive searches a folder of volumes, with each of its engines."""
