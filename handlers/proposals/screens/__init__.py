"""What people see of proposals: pure functions that make screens."""
