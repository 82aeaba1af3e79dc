"""Words, names and weights: data that people of the field can read and edit, and the loaders that check it."""
