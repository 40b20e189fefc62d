"""What people see of a series."""
