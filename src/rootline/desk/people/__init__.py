"""Accounts of the desk's people: how they prove who they are, and what their role allows."""
