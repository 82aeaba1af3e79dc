"""Drawings made on the server: SVG that needs no script, whose points are links and whose words are text."""
