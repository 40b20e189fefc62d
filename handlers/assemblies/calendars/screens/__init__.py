"""What people see of calendar files."""
