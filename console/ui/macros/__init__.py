"""Macros: what hands did, as lines of the command language that can be done again by one key."""
