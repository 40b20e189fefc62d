"""Screens, and pieces of screens, that belong to no single feature."""
