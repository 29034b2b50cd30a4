"""Printed codes: what a scan says, from its text alone. Pure: no store, no Qt, no clock but the century of a two-digit year."""
