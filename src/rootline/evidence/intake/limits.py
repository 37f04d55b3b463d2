"""How large a thing may be before it is refused. What the limits guard against stands beside each."""

from __future__ import annotations

MEGABYTE = 1_000_000

CHUNK = 256_000  # read at a time; what fits beside the rest into a processor's own memory is cut up faster
HEAD = 64_000  # enough to recognise a format by
LARGEST_RECORD = 32 * MEGABYTE  # one article of an XML file, one entry of a list; full texts with tables stay far below
LONGEST_LINE = 8 * MEGABYTE  # a file of one endless line is no list of records
LARGEST_WHOLE = 64 * MEGABYTE  # a page, text, BibTeX list: read as a whole
LARGEST_PDF = 256 * MEGABYTE
MOST_PAGES = 5_000
MOST_PAGE_TEXT = 64 * MEGABYTE  # characters of all pages of a PDF together
FREE_EXPANSION = 64 * MEGABYTE  # what may come out of any compressed file
MOST_EXPANSION = 100  # times its own size, beyond that; PubMed's files expand about tenfold
LARGEST_ANSWER = 512 * MEGABYTE  # one answer of the service of PubMed records
