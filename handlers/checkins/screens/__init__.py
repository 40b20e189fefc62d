"""What people see of check-ins: pure functions that make screens."""
