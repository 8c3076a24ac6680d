"""The manual in the window: contents, search, pages, and the page for what has the keyboard."""
