"""What people see of their own ballot: pure functions that make screens."""
