"""How the archive starts, and what it says when it cannot."""
