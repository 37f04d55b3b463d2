"""Files made to harm or to confuse end in one clear error that says what, where and how to mend it."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
import zipfile
import zlib

import pytest

from rootline.errors import EvidenceError
from rootline.evidence.intake import limits
from rootline.evidence.intake.found import Broken
from rootline.evidence.intake.opening import Opened, hash_of, shown
from rootline.evidence.intake.paths import files_of
from rootline.evidence.intake.recognise import reader_of
from tests.evidence.intake.test_formats import GOOD
from tests.evidence.strategies import EXAMPLES, article_set, found_in, packed

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><PubmedArticleSet>{}</PubmedArticleSet>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]><article>&x;</article>'


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escape.xml", "0" * 1_000_000)
    return made.getvalue()


def pdf_bomb() -> bytes:
    """A page whose content unpacks to 300 MB."""
    packer = zlib.compressobj(9)
    stream = b"".join([packer.compress(b" " * 1_000_000) for _ in range(300)] + [packer.flush()])
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
    ]
    body, table = b"%PDF-1.4\n", b"xref\n0 5\n0000000000 65535 f \n"
    for number, one in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    return body + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


REFUSED = {
    "entity-bomb.xml": (BOMB.format(GOOD.replace("Good", "&c;")).encode(), "entities, which are never expanded"),
    "outside-entity.xml": (OUTSIDE.encode(), "entities, which are never expanded"),
    "empty.xml": (b"", "is empty"),
    "blank.txt": (b" \n \n", "is empty"),
    "nul.txt": (b"Some words\0and more", "NUL byte at 10"),
    "nul.html": (b"<!doctype html><p>\0</p>", "NUL"),
    "latin.txt": ("Müller".encode("latin-1"), "not UTF-8 at byte 1"),
    "latin.html": ("<!doctype html><p>Müller".encode("latin-1"), "not in the encoding `utf-8`"),
    "odd.html": (b"<!doctype html><meta charset=klingon><p>x", "encoding `klingon`"),
    "odd.xml": (b'<?xml version="1.0" encoding="klingon"?><PubmedArticleSet/>', "encoding `klingon`"),
    "hex.xml": (b'<?xml version="1.0" encoding="hex"?><PubmedArticleSet/>', "encoding `hex`"),
    "half.txt": ("wide".encode("utf-16")[:-1], "encoding that it declares"),
    "other.xml": (b"<?xml version='1.0'?><svg/>", "its root is `svg`"),
    "archive.txt": (zipped(), "zip archive"),
    "twice.gz": (packed(packed(b"words")), "inside a gzip file"),
    "cut.gz": (packed(b"words " * 100_000)[:-20], "breaks off"),
    "damaged.gz": (b"\x1f\x8b\x08\x00" + b"\xff" * 50, "damaged"),
    "cut.xml": (article_set(GOOD).encode()[:-60], "breaks off inside record 1"),
    "open.xml": (article_set(GOOD).encode()[: -len("</PubmedArticleSet>")], "breaks off after record 1"),
    "picture.png": (b"\x89PNG\r\n\x1a\n\0\0", "none of the formats"),
    "script.html": (b"<!doctype html><script>x</script>", "no words to quote"),
    "nothing.md": (b"---\n\n---\n", "no words to quote"),
    "broken.pdf": (b"%PDF-1.7\nnothing", "not a PDF"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_clear_words(name, tmp_path):
    data, words = REFUSED[name]
    with pytest.raises(EvidenceError, match=words) as raised:
        found_in(tmp_path / name, data)
    assert name in raised.value.where


def test_a_gzip_file_that_expands_too_far_is_refused_without_filling_the_memory(tmp_path):
    made = zlib.compressobj(9, wbits=31)
    with (tmp_path / "bomb.txt.gz").open("wb") as file:
        for _ in range(300):
            file.write(made.compress(b" " * limits.MEGABYTE))
        file.write(made.flush())
    tracemalloc.start()
    with Opened(tmp_path / "bomb.txt.gz") as opened:
        with pytest.raises(EvidenceError, match="expands to more than 100 times"):
            list(map(len, iter(opened.read, b"")))
    assert tracemalloc.get_traced_memory()[1] < 10 * limits.MEGABYTE
    tracemalloc.stop()


def test_a_page_of_a_pdf_that_expands_too_far_is_named(tmp_path):
    assert found_in(tmp_path / "bomb.pdf", pdf_bomb()) == [Broken("page 1", "cannot be read (LimitReachedError)")]


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.ris", b"TY  - JOUR\nTI  - "), ("a.nbib", b"PMID- 99000001\nTI  - ")],
)
def test_a_line_of_200_mb_is_refused_after_reading_a_little_of_it(name, start, tmp_path):
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(start)
        for _ in range(200):
            file.write(b"a" * limits.MEGABYTE)
    with Opened(path) as opened:
        with pytest.raises(EvidenceError, match="line 2 is longer than 8 MB"):
            list(reader_of(opened)(opened))
        assert opened.consumed < 10 * limits.MEGABYTE


@pytest.mark.parametrize(
    ("name", "start", "words"),
    [
        ("a.xml", b"<PubmedArticleSet><PubmedArticle>", "record 1 .byte 18. is larger than 32 MB"),
        ("a.txt", b"Title\n\n", "more than 64 MB"),
        ("a.html", b"<!doctype html><p>", "more than 64 MB"),
        ("a.bib", b"@article{a, title={", "more than 64 MB"),
    ],
)
def test_a_record_or_page_of_100_mb_is_refused(name, start, words, tmp_path):
    with (tmp_path / name).open("wb") as file:
        file.write(start)
        for _ in range(100):
            file.write(b"word " * (limits.MEGABYTE // 5))
    with pytest.raises(EvidenceError, match=words):
        found_in(tmp_path / name)


def test_many_comments_before_something_odd_take_no_time_to_speak_of(tmp_path):
    odd = "<PubmedArticleSet>" + "<!-- -->" * 5_000 + "<?x ?>" * 5_000 + "odd" + GOOD + "</PubmedArticleSet>"
    broken, document = found_in(tmp_path / "a.xml", odd)
    assert "not a record" in broken.what and document.pmid == "99000001"
    capitals = article_set(
        GOOD.replace(
            "</ArticleTitle>",
            "</ArticleTitle><Abstract><AbstractText>" + "A" * 5_000_000 + "</AbstractText></Abstract>",
        )
    )
    assert len(found_in(tmp_path / "b.xml", capitals)[0].text) == 5_000_000


@pytest.mark.parametrize("tag", ["<b>", "<div>", "<table><tr><td>", "<h1>"])
def test_deep_nesting_ends_well(tag, tmp_path):
    with pytest.raises(EvidenceError):
        found_in(tmp_path / "deep.xml", f"<article>{tag * 100_000}")
    with pytest.raises(EvidenceError, match="nested too deeply"):
        found_in(tmp_path / "deep.html", f"<!doctype html><html><body>{tag * 50_000}words")


def test_deep_nesting_in_lists_of_text_is_refused_not_cut_off(tmp_path):
    for text in (">" * 5_000 + " words", "- " * 2_000 + "words\n\nwords to quote"):
        with pytest.raises(EvidenceError, match="nested too deeply"):
            found_in(tmp_path / "deep.md", text)
    (document,) = found_in(tmp_path / "flat.md", "> - > - words\n\n<table>words to quote")
    assert document.text == "words\n<table>words to quote"
    (broken,) = found_in(tmp_path / "deep.bib", "@article{a, title={" + "{" * 20_000 + "}" * 20_000 + "}}")
    assert isinstance(broken, Broken)


@pytest.mark.parametrize(("name", "line"), [("a.ris", b"TY  - JOUR"), ("a.nbib", b"PMID- 99000001")])
def test_a_record_of_endless_short_lines_is_refused(name, line, tmp_path):
    with pytest.raises(EvidenceError, match="record at line 1 is larger than 32 MB"):
        found_in(tmp_path / name, line + b"\nA" * (17 * limits.MEGABYTE))


# --- names and folders


def test_links_that_go_round_are_not_walked_and_other_kinds_are_told(tmp_path):
    (tmp_path / "a.xml").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / ".hidden.xml").write_text("x")
    (tmp_path / "b.md5").write_text("x")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "c.nbib.gz").write_text("x")
    passed_over = []
    found = files_of([str(tmp_path)], passed_over.append)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.xml", "inner/c.nbib.gz"]
    assert [path.name for path in passed_over] == ["b.md5"]


def test_patterns_files_and_folders_name_each_file_once(tmp_path):
    for name in ("b.xml", "a.xml"):
        (tmp_path / name).write_text("x")
    found = files_of([str(tmp_path / "*.xml"), str(tmp_path / "a.xml"), str(tmp_path)], [].append)
    assert [path.name for path in found] == ["a.xml", "b.xml"]


@pytest.mark.parametrize("name", ["nothing-here.xml", "*.none", "with\0nul", "[", "new\nline"])
def test_a_name_of_nothing_is_an_error(name, tmp_path):
    with pytest.raises(EvidenceError, match="no such file") as raised:
        files_of([str(tmp_path / name)], [].append)
    assert raised.value.where.isprintable()


def test_a_name_with_a_line_break_is_printed_on_one_line(tmp_path):
    path = tmp_path / "two\nlines\x1b[31m.txt"
    with pytest.raises(EvidenceError) as raised:
        found_in(path, b"a\0b")
    assert "\n" not in raised.value.where and "\x1b" not in raised.value.where
    assert shown(path).endswith("two\\nlines\\x1b[31m.txt")


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    for name in ("pipe", "round", "."):
        with pytest.raises(EvidenceError), Opened(tmp_path / name):
            pass
        with pytest.raises(EvidenceError):
            hash_of(tmp_path / name)


def test_controls_that_steer_a_terminal_or_turn_the_text_do_not_come_through(tmp_path):
    (document,) = found_in(tmp_path / "a.txt", "Red \x1b[31m title\n\nabc \u202edef\u202c ghi")
    assert document.title == "Red [31m title"
    assert document.text == "Red [31m title\nabc def ghi"


def test_the_examples_are_not_refused(tmp_path):
    for path in EXAMPLES.iterdir():
        assert found_in(path)
        assert found_in(tmp_path / f"{path.name}.gz", gzip.compress(path.read_bytes()))
