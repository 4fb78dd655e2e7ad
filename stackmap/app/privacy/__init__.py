"""What is kept of people, and why."""
