"""Alembic's home. Imported only when a store's schema is older than this program (`db.schema.migrate`)."""
