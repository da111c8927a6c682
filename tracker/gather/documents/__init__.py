"""A policy as it is published: bytes of a PDF or a page → its text in numbered paragraphs."""
