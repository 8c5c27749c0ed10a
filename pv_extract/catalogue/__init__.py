"""The catalogue: all records of a batch as one SQLite database, with full-text search."""
