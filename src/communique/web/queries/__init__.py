"""What the desk asks of the archive beyond its listings: counts, facets, pages of records, all in SQL."""
