"""Threshold gates: their form, their least fixpoint, and what follows from it. Knows nothing of the field."""
