"""`python -m rootline`."""

from rootline.cli.main import main

main()
