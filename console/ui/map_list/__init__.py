"""What is on the map, as a table to read."""
