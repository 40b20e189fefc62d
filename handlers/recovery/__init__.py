"""After an outage or a restore: people are shown what is open, told what was lost."""
