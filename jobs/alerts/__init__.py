"""Telling people of problems that last: what is due, in which words, by which ways (`tracker alerts`)."""
