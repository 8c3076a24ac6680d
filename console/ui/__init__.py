"""The window: it observes and commands."""
