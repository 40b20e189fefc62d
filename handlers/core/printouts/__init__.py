"""What can be printed: on a wall, or in the hand of somebody who has no phone."""
