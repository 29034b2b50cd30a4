"""How a store and the site database tell each other what happened: protocol only; PostgreSQL is in `db.upstream`."""
