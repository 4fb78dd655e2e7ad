"""People and their logins: who is who, what is known of each, and how your notes are changed."""
