"""Batches: thousands of documents, each done once, whatever happens meanwhile."""
