"""The 2x20 text display of docs/wire/cd5220.md."""
