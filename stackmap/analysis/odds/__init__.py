"""How likely it is that things break, when somebody says how likely each of some people is to leave."""
