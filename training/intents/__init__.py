"""Labelled messages of fictitious shops, and the recipe of the head that weighs them: `python -m training.intents.fit`."""
