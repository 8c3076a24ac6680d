"""How cases lie over the city: heat, groups of marks, hot spots with their significance."""
