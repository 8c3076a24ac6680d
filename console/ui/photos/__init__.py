"""Photos and files on screen: a tile for each, a large view, and the taking in of new ones."""
