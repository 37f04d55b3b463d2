"""A part's files: the same again, found by id, and read through only once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.evidence.dense import part as module
from rootline.evidence.dense.part import part_of, read_part, write_part

PASSAGE = st.tuples(
    st.integers(0, 10**6), st.integers(0, 10**6),
    st.binary(max_size=module.TEXT).map(lambda one: one.rstrip(b"\0")),
    st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3),
)  # fmt: skip
IDS = st.text(min_size=1, max_size=90).map(lambda one: one.encode(errors="replace").rstrip(b"\0") or b"x")
HELD = st.dictionaries(IDS, st.lists(PASSAGE, min_size=1, max_size=4), min_size=1, max_size=12)


@given(HELD, IDS)
def test_what_goes_in_comes_out_by_its_id_from_memory_and_from_files(tmp_path_factory, held, other):
    folder = tmp_path_factory.mktemp("part")
    documents = {id_: [(*one[:3], np.array(one[3], np.float32)) for one in held[id_]] for id_ in held}
    made = part_of(documents.items())
    written = write_part(made, folder, "7")
    for part in (made, written, read_part(folder, "7", written.sums, ())):
        assert [id_ for id_, _ in part.documents()] == sorted(documents)
        assert (part.find(other) is not None) == (other in documents)
        for id_, passages in documents.items():
            found = part.passages(part.find(id_))
            assert [one[:3] for one in found] == [one[:3] for one in passages]
            assert all((one[3] == due[3]).all() for one, due in zip(found, passages, strict=True))


def test_what_is_gone_is_not_found_and_near_to_nothing():
    one = np.array([1, 0], np.float32)
    part = module.replace(part_of([(b"a", [(0, 1, b"x", one)]), (b"b", [(0, 1, b"y", one)])]), gone=frozenset([0]))
    assert (part.find(b"a"), part.find(b"b")) == (None, 1)
    assert part.nearness(one).tolist() == [-2, 1]
    assert [id_ for id_, _ in part.documents()] == [b"b"]


def test_files_are_read_through_once_and_again_when_they_changed(tmp_path, monkeypatch):
    written = write_part(part_of([(b"a", [(0, 1, b"x", np.ones(2, np.float32))])]), tmp_path, "0")
    read_part(tmp_path, "0", written.sums, ())
    reads = []
    summed = module._sum
    monkeypatch.setattr(module, "_sum", lambda path: reads.append(path) or summed(path))
    read_part(tmp_path, "0", written.sums, ())
    assert reads == []
    file = tmp_path / "0.rows.npy"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(ValueError, match="not what was written"):
        read_part(tmp_path, "0", written.sums, ())
