"""The stack map as data."""
