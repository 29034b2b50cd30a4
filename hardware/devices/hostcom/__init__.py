"""Hänel HOST-COM macro telegrams: docs/wire/hostcom.md."""
