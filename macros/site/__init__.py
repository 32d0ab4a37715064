"""What runs inside the generators, and what runs them. MkDocs is imported here alone."""
