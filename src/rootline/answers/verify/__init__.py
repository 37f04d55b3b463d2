"""Re-exports what others call. Holds nothing of its own."""

from rootline.answers.verify.finding import Finding
from rootline.answers.verify.places import in_words
from rootline.answers.verify.read import read_answer
from rootline.answers.verify.verify import Verification, verify

__all__ = ["Finding", "Verification", "in_words", "read_answer", "verify"]
