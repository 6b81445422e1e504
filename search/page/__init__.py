"""The search page: what an address asks for, and what the page shows of what was found."""
