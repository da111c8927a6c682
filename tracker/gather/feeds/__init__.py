"""Feeds: bytes → items, which of them are new, and what is wrong with an address that should be a feed."""
