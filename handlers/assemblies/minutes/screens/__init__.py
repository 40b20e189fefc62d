"""What people see of notes and minutes."""
