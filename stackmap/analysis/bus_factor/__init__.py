"""How few people stand between a thing and its failure."""
