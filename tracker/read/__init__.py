"""From an Article to Findings."""
