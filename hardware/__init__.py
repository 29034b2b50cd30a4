"""Bytes and devices. Knows nothing of orders, Qt or SQL."""
