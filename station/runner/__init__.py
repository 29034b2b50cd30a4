"""The running station: `station.py` feeds what happens to `station.core.advance`, `executor.py` carries out what it asks."""
