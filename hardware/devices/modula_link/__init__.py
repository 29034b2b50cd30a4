"""Modula Link: lines of fields between bars, asked and answered."""
