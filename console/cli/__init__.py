"""The console without a window: for scripts, imports and the server room."""
