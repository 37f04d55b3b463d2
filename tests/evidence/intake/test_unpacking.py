"""Gzip is unpacked as Python's own reader does, and damaged gzip up to the damage."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.errors import EvidenceError
from rootline.evidence.intake.unpacking import Unpacked


def unpacked(data: bytes, most: int = 1000) -> tuple[bytes, str]:
    """What comes out, and what is said in the end."""
    stream, given_ = Unpacked(io.BufferedReader(io.BytesIO(data)), "a.gz"), []
    try:
        while part := stream.read(most):
            given_.append(part)
    except EvidenceError as error:
        with pytest.raises(EvidenceError):
            stream.read(most)  # and again whenever it is asked
        return b"".join(given_), error.what
    return b"".join(given_), ""


@given(st.lists(st.binary(max_size=5000), min_size=1, max_size=3), st.integers(1, 3000), st.integers(0, 9))
def test_parts_and_zeros_behind_them_are_read_as_gzip_reads_them(parts, most, zeros):
    data = b"".join(gzip.compress(one, mtime=0) for one in parts) + b"\0" * zeros
    assert unpacked(data, most) == (gzip.decompress(data), "")


@given(st.binary(min_size=200, max_size=3000), st.data())
def test_what_is_cut_off_is_given_up_to_the_cut(content, data):
    whole = gzip.compress(content, mtime=0)
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    found, said = unpacked(cut)
    assert content.startswith(found)
    assert said == f"breaks off at byte {len(cut)}: the gzip file is not complete"


@given(st.binary(max_size=3000), st.binary(min_size=1, max_size=50).filter(lambda one: one[:1] not in b"\0\x1f"))
def test_other_bytes_behind_the_end_are_damage_after_the_whole(content, rest):
    packed = gzip.compress(content, mtime=0)
    found, said = unpacked(packed + rest)
    assert found == content
    assert said.startswith(("is damaged at byte ", "breaks off at byte "))


def test_a_wrong_sum_is_damage_though_all_can_be_unpacked():
    data = bytearray(gzip.compress(b"milligrams" * 1000, mtime=0))
    data[-8] ^= 1
    found, said = unpacked(bytes(data))
    assert found == b"milligrams" * 1000 and "is damaged at byte" in said


def test_no_place_of_damage_lets_other_bytes_through_in_silence():
    content = b"".join(b"record %d of a made-up list\n" % number for number in range(2000))
    packed = gzip.compress(content, mtime=0)
    for place in range(20, len(packed), 97):
        data = bytearray(packed)
        data[place] ^= 0x10
        _, said = unpacked(bytes(data))
        assert said, place  # zlib's sum tells of what its own marks do not
