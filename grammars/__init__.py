"""The rules of pv-extract, as TOML data: one file per topic."""
