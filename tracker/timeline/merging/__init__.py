"""From evidence to entries, and what to do to the recorded ones."""
