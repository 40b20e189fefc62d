"""Decisions: what is open, what came of it, keeping open, closing, cancelling."""
