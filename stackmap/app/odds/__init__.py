"""Odds: a list of who may leave and how likely, and what follows from it."""
