"""Migrations of a store, run by Alembic; each is a module of `versions`."""
