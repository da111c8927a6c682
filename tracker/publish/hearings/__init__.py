"""Hearings as words, calendars and feeds."""
