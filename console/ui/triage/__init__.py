"""Triage: one case after another, everything needed in sight, the next one by itself."""
