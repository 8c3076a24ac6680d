"""What one may see: frozen rows, selected as columns."""
