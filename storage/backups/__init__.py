"""Backups of the main database: taking one, its file, putting it back."""
