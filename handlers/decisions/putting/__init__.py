"""Putting a question: its words, how it is decided, by whom; or a straw poll."""
