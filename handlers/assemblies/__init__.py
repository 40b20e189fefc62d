"""Assemblies: convening one, saying who comes, going through its agenda."""
