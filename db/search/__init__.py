"""Full-text search of the entries: its index, its words, its counts."""
