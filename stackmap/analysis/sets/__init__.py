"""Which sets of people lose what, worked out for many nodes or many departures at once. Knows nothing of the field."""
