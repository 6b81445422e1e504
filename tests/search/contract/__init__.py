"""What every engine promises: the same entries, the same questions, the same answers."""
