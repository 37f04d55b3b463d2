"""The HTTP API: one file for each group of resources. Nothing is decided here."""
