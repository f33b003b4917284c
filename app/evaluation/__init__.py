"""Measuring the product on folders of labelled cases."""
