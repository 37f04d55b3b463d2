"""Texts become the vectors that the model's folder describes; a graph or tokenizer that is not that is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rootline.errors import EvidenceError
from rootline.evidence.dense.embed import Embedder
from rootline.evidence.dense.model_folder import read_model_folder
from rootline.evidence.dense.opening import open_model
from tests.evidence.dense.tiny_model import LONGEST, WIDTH, change, make_model, write_graph


def loaded(folder) -> Embedder:
    return Embedder(read_model_folder(folder))


def test_two_names_of_one_thing_have_one_vector_and_other_things_another(embedder):
    one, other = embedder.question("Sciatica"), embedder.passage("ischialgia")
    assert one @ other == pytest.approx(1)
    assert one @ embedder.passage("podagra") == pytest.approx(0)
    assert (one.shape, one.dtype) == ((WIDTH,), np.float32)


def test_the_mean_is_over_the_words_and_of_length_1(embedder):
    both = embedder.passage("sciatica and traction, traction")
    assert np.linalg.norm(both) == pytest.approx(1)
    assert both[1] / both[0] == pytest.approx(2)


def test_what_the_model_does_not_know_is_like_nothing(embedder):
    assert not embedder.question("xylophone").any()


def test_the_first_token_alone_is_taken_where_the_folder_says_so(tmp_path):
    embedder = loaded(make_model(tmp_path, pooling="cls"))
    assert embedder.question("sciatica") == pytest.approx(embedder.question("traction"))


def test_a_vector_does_not_depend_on_what_came_before(embedder):
    before = embedder.passage("sciatica and rest")
    embedder.passage("gout " * 40)
    assert (embedder.passage("sciatica and rest") == before).all()


def test_of_a_longer_text_only_the_beginning_counts(embedder):
    fits = LONGEST - 2  # the first and the last token are not of the text
    assert embedder.passage("sciatica " * fits + "gout") @ embedder.question("gout") == 0
    assert embedder.passage("sciatica " * (fits - 1) + "gout") @ embedder.question("gout") > 0


def test_prompts_stand_before_questions_and_passages(model):
    change(model / "config_sentence_transformers.json", prompts={"query": "sciatica ", "document": "traction "})
    embedder = loaded(model)
    assert embedder.question("gout")[0] > 0
    assert embedder.passage("gout")[0] == 0 < embedder.passage("gout")[1]


def test_lower_case_is_made_where_the_folder_says_so(model):
    tokenizer = json.loads((model / "tokenizer.json").read_text()) | {"normalizer": None}
    (model / "tokenizer.json").write_text(json.dumps(tokenizer))
    assert not loaded(model).question("SCIATICA").any()
    change(model / "sentence_bert_config.json", do_lower_case=True)
    assert loaded(model).question("SCIATICA").any()


def spoilt(tokens: int, width: int, value: float = 1.0, **how: str):
    vectors = np.full((tokens, width), value, np.float32)
    return lambda folder: write_graph(folder / "onnx" / "model.onnx", vectors, **how)


BROKEN = {
    "a tokenizer that is none": (lambda folder: (folder / "tokenizer.json").write_text("{}"), "`tokenizer.json`"),
    "a graph that is noise": (lambda folder: (folder / "onnx/model.onnx").write_bytes(b"noise"), "`model.onnx`"),
    "a graph cut short": (
        lambda folder: (folder / "onnx/model.onnx").write_bytes((folder / "onnx/model.onnx").read_bytes()[:-60]),
        "`model.onnx`",
    ),
    "another input": (spoilt(99, WIDTH, extra="task_id"), "wants the input task_id"),
    "another output": (spoilt(99, WIDTH, output="logits"), "gives logits, not last_hid"),
    "another width": (spoilt(99, 3), rf"gives \(1, 3, 3\) .* of width {WIDTH}"),
    "too few tokens": (spoilt(1, WIDTH), "`model.onnx` fails"),
    "no numbers": (spoilt(99, WIDTH, np.nan), "no number"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_model_that_is_not_what_its_folder_says_is_refused(model, case, capfd):
    spoil, said = BROKEN[case]
    spoil(model)
    with pytest.raises(EvidenceError, match=said) as error:
        loaded(model)
    assert str(error.value).startswith(f"{model}: the sentence model: ")
    assert capfd.readouterr() == ("", "")


def test_a_model_is_loaded_once_and_again_when_its_folder_changed(model):
    first = open_model(model)
    assert open_model(model) is first
    change(model / "sentence_bert_config.json", max_seq_length=8)
    again = open_model(model)
    assert again is not first
    assert again.model.longest == 8
