"""Everything that knows Haystack exists: indexes, query language, engine, pages."""
