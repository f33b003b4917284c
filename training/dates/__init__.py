"""Labelled dates and times in customers' words, by which `assistant.expressions` is measured.

`examples.py` reads them, `python -m training.dates.check` checks them. Not part of the installed product.
"""
