"""Kardex JMIF telegrams: docs/wire/jmif.md."""
