"""How the work is shared among the roles, as told once a quarter."""
