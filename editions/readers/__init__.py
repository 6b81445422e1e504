"""One module for each format that an edition is read from."""
