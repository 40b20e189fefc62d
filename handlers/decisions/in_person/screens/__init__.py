"""What facilitators see of votes in person: pure functions that make screens."""
