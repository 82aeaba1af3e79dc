"""Who and when: actors, offices, pronouns, places and dates."""
