"""The use cases: what a command does, without terminal and without vendor names."""
