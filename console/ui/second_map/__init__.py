"""A second map in a window of its own, on another screen where there is one."""
