"""The cases near the chosen one, in a list beside it and on the map."""
