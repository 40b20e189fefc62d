"""What every feature stands on: context, guards, presses, screens, unit of work."""
