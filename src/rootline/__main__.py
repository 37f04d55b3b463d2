"""`python -m rootline`."""

from rootline.cli import main

main()
