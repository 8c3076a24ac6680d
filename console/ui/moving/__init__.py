"""A wrong point put right: on the map and in the form of the act."""
