"""The report before a reorganisation."""
