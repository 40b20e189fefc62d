"""Votes of people in the room who don't vote by phone: how many, what they say."""
