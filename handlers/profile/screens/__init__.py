"""What people see of what is held about them: pure functions that make screens."""
