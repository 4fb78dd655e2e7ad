"""Who should be able to take over what, so that no single person's leaving stops anything."""
