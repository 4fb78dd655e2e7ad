"""Threshold gates: their form, their least fixpoint, and why a node is as it is. Knows nothing of the field."""
