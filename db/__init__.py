"""What the tracker remembers: tables, migrations, queries."""
