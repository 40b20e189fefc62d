"""Giving one's own ballot: by phone, with a reason, or through a helper."""
