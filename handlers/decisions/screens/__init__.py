"""What people see of decisions as a whole: pure functions that make screens."""
