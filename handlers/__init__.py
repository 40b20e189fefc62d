"""The talk with people, a package for each feature: what comes in, what is shown."""
