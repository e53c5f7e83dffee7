"""Changes of the tables, in order (see storage/migrate.py)."""
