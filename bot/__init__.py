"""The process: settings, updates in, messages out, what falls due, the command line."""
