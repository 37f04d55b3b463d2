"""Rootline as tools for agents, by the Model Context Protocol. Holds nothing of its own."""
