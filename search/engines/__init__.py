"""The engines under Haystack. Each compiles a query value; none is ever given text to parse."""
