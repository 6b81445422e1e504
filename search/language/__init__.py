"""The language of searches: reading what was typed, saying it back, and what may have been meant."""
