"""What other programs read: citations, and more formats later."""
