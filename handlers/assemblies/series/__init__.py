"""Series: assemblies that recur by a rule, and are convened by themselves."""
