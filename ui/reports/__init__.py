"""Reports on paper: values in, PDF out. No Qt."""
