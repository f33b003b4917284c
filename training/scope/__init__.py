"""Recipe of the scope head: examples, training, measuring. Rebuilt by `python -m training.scope`."""
