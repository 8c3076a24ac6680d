"""The first run: which city works here, where it comes from, and how a sample goes again."""
