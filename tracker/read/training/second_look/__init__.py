"""Teaches the big look: all-mpnet-base-v2, asked about one marked sentence. `python -m tracker.read.training.second_look`."""
