"""Trains the judge of `assistant.confidence` on the labelled shops: `python -m training.confidence.fit`."""
