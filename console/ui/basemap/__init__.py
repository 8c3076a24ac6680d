"""The base map under the cells: chosen, shown, and held against the city's roads."""
