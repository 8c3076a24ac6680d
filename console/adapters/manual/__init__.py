"""The manual on paper: its Markdown read into blocks, and the blocks set."""
