"""People's names inside other texts: how they are written, and where they stand."""
