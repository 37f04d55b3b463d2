"""The editorial desk: who may do what to which content, and what was done."""
