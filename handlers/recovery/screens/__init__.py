"""What people see after a backup was put back: pure functions that make screens."""
