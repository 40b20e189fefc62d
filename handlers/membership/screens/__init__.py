"""What people see on the way into a centre: pure functions that make screens."""
