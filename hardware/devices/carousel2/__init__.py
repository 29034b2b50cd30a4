"""The two-byte carousel protocol."""
