"""The guide for a newcomer."""
