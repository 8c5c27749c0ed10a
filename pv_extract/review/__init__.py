"""A person's look at a record beside its page: one HTML file that needs nothing else."""
