"""A made-up company whose logins are all known: it judges who-is-who. `python -m tests.truth` prints how well."""
