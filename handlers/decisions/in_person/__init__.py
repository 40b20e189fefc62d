"""Votes of people in the room without a phone: how many, and what they say."""
