"""What follows from the points of an assembly: written, taken, reminded of, done."""
