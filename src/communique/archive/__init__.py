"""Keep: one SQLite file that holds documents and all that was read out of them."""
