"""From Entries to what people look at."""
