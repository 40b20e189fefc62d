"""Erasing somebody for good: what is deleted, what is owed after, what is held."""
