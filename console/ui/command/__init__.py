"""The command line in the window: what is typed, what it would do, and the doing of it."""
