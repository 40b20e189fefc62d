"""What people see of convening."""
