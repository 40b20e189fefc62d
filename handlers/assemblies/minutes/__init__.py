"""What is noted while an assembly runs, and the minutes that are made of it."""
