"""Many cases at once: what will become of each, what did, and why not."""
