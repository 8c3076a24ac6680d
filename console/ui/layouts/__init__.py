"""Where the panels stand: arrangements by name, windows of their own, the screens that are really there."""
