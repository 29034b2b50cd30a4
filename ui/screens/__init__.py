"""One file for each face: widgets only. A screen shows its model and reports touches by name."""
