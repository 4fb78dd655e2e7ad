"""An independent, slow and obvious reading of the rules, and random stacks to compare with."""
