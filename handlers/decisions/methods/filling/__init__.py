"""How a ballot is filled in, tap by tap: one module a form."""
