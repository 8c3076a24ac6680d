"""Places and views of the map: coordinates copied and gone to, bookmarks, back and forth, the lock."""
