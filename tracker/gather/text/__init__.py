"""Bytes → text → safe markup → paragraphs; dates whose day is right."""
