"""The nearest borders of grids and areas, on the case and under the pointer."""
