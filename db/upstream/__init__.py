"""The site database: its schema and functions in PostgreSQL, and the connection that speaks the protocol of `db.sync` to them."""
