"""The evaluation board."""
