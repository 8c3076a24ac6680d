"""What an operator chooses to see on the map: its layers, and by what the unit grids are coloured."""
