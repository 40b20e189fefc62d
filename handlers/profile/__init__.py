"""What is held about somebody: name, copy, duty, leaving, erasing."""
