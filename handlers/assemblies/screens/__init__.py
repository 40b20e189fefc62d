"""What people see of assemblies: pure functions that make screens."""
