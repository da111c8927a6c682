"""A second opinion: asking a language model that can only choose, and what becomes of its answers."""
