"""The desk over HTTP, for programs that act for a person by a token. Decides nothing."""
