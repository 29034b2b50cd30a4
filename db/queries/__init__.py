"""Questions to the store, by subject: each function takes a connection and gives frozen values of `db.rows`."""
