"""Calendars: an assembly, or a whole series, as a file that a calendar program takes over."""
