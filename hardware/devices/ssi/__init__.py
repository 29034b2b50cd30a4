"""Zebra's Simple Serial Interface: docs/wire/ssi.md."""
