"""What people see while an assembly meets, and when it closes."""
