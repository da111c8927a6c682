"""Weights for tests, so that what they expect does not change whenever the real ones are fitted anew."""

from tracker.timeline.how_sure import Weights

BY_SCORE = Weights(intercept=0.0, weights={"score": 1.0}, sure=0.85, likely=0.7)
"""The chance is the score."""
