"""The JSON API: what the report shows, for programs. It only reads."""
