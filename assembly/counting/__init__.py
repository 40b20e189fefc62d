"""The decision methods, one a module: from ballots to what has won, and why."""
