"""SOQL as the stand-in understands it: `parser` reads a statement into a `query`, `names` holds it against the schema,
`run` answers it from the rows, whose `values` compare as the platform's do.
"""
