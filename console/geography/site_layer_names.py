"""The names of the layers that a site adds to its map, and of what is stored of them."""

SITE_LAYERS = ("components", "campaigns", "flooding", "own")
"""The layers of the map that a pack may bring."""


def stored_name(layer: str) -> str:
    """Under which name a layer lies among those of the city."""
    return f"site_{layer}"
