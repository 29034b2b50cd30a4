"""Hosts that speak by files: watched folders, what became of each file, results out until they are acknowledged."""
