"""The outside: city packs, imported files, the generated demo city and its live feed."""
