"""Drafts: what was typed into a form and not yet handed in, kept through a crash for who typed it."""
