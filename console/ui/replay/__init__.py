"""The page that plays the past: a map of its own, its clock, its day's curve, and what happened then."""
