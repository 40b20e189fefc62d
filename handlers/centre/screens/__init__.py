"""What people see of their centre: pure functions that make screens."""
