"""How an assembly comes about, changes, and does not take place."""
