"""What the report is built from."""
