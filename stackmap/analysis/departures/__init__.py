"""What happens when people leave: the rows, their reasons, and everything an answer says beside them."""
