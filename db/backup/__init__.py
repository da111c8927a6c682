"""Copies of the whole database: made, checked, put back, moved to another engine."""
