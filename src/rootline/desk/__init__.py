"""The editorial desk: who reviewed which exact content, and what became of it."""
