"""What people see of tasks."""
