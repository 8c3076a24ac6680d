"""The wall view: a window for the whole room, read from five metres."""
