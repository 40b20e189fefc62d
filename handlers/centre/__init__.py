"""A centre itself: setting it up in its group, /start, its help page, typed text."""
