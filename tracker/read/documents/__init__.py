"""What a published policy says: its printed dates, and what another version of it changed."""
