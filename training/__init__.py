"""Recipes that make the weights which the product ships. Not part of the installed product."""
