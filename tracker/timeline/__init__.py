"""From Findings to Entries."""
