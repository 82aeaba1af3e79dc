"""Pages in: files, HTML, JSON Lines and plain text full of furniture become Documents."""
