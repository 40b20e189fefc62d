"""What facilitators see before a question is put: pure functions that make screens."""
