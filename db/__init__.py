"""The SQLite store: the event log, its projections and what people may ask of them. Knows nothing of Qt or devices."""
