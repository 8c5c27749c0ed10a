"""Measurements: how right the records are, how robust, how sure. Run from the root with ``python -m scripts.NAME``."""
