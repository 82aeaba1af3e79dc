"""Hand out: one small module for each format, behind one interface."""
