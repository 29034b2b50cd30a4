"""The first start: what is asked on it, how far it came, and the settings it writes. Its turns: `station.flows.first_start`."""
