"""Who may use the desk, and what they look for there."""
