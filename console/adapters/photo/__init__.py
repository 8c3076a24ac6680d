"""Photos and files from outside: told by content, decoded in a process of their own, stripped for export."""
