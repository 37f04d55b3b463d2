"""The desk's schema from each version to the next."""
