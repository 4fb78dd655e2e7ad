"""Programs of others that answer one of our questions in a way of their own, and what they are asked."""
