"""Check-ins: being asked how one is, answering, what the group is told of all."""
