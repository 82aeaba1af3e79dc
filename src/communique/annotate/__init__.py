"""Language: an article's text becomes sentences with their syntax."""
