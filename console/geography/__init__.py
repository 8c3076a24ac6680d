"""The grid engine: coordinates, cutting areas into unit grids, codes, points to cells."""
