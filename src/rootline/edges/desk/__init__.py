"""The desk in the browser: its pages and who is before them. Decides nothing."""
