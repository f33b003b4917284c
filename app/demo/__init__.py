"""The sample merchants of `mostrador demo`. Invented, but for `gus`: a real FAQ page without its questions."""
