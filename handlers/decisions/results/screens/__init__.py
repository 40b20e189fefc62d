"""What people see of a result: pure functions that make screens."""
