"""A module a kind of source that is no feed."""
