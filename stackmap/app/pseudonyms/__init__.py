"""Stand-ins for people, in every answer."""
