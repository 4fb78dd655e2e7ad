"""What if something were otherwise: changes to what was read, tried out and kept nowhere."""
