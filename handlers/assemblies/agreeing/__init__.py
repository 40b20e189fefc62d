"""What an assembly agrees on without a ballot."""
