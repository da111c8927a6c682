"""What sources other than feeds bring, and what it proves."""
