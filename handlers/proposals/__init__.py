"""Proposals: the list, writing one, adding one's voice, changing, taking back."""
