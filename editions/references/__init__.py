"""References: what a text points at, found in its words and turned into canonical identifiers.

A pipeline in the manner of eyecite: ``find`` yields what is cited with its span, ``resolve`` turns each into an
identifier, knowing where the text stands; ``identifiers`` says what an identifier means and where it leads outside.
"""
