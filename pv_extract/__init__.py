"""Structured, validated records of French procès-verbaux, every value pointing back to its place."""

__version__ = "0.1.0"
