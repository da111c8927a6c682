"""Feeds: what is polled, how polls ended, what items they brought."""
