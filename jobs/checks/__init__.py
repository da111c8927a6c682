"""What is looked at, for `tracker doctor`, `/readyz`, `/metrics` and alerts: one file a subject, listed in
`catalogue.py`."""
