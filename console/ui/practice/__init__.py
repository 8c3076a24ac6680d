"""The pages of what a site edits: rights, calendar, zones, staff, limits."""
