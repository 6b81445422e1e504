"""How two witnesses of one text differ: their words side by side, and every difference sorted and numbered."""
