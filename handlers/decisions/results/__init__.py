"""What came of a decision, from nearer: figures, pictures, who said what."""
