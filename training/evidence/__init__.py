"""Recipe of the evidence head: data, training, measuring. Rebuilt by `python -m training.evidence`."""
