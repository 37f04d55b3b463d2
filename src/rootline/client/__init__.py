"""Re-exports what programs call. Holds nothing of its own."""

from rootline.client.client import Client, KeptAnswer

__all__ = ["Client", "KeptAnswer"]
