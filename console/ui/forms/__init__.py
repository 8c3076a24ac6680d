"""Where words must be typed: docked forms."""
