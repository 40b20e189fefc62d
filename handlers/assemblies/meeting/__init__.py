"""The assembly itself, from its opening to its end: each of its points, and their time."""
