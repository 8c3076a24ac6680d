"""Alembic's environment: forward only."""
