"""Pure functions from a face to display strings and flags; tested without a window."""
