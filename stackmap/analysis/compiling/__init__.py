"""From a stack to its gates: the one place where the rules of the field become arithmetic."""
