"""Scales with the MT-SICS command set: docs/wire/mt-sics.md."""
