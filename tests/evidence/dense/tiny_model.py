"""A real sentence-transformers folder, as small as can be: each thing has a direction, its names lead there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

# Names for one thing get one vector; what is in no group is unknown to the model, and its vector is zero.
THINGS = (
    ("sciatica", "ischialgia"),
    ("traction", "pulling", "extension"),
    ("ozone", "o3"),
    ("rest", "lying"),
    ("asthma",),
    ("intradiscal",),
    ("gout", "podagra"),
    ("walking", "walked", "ambulation", "jogging"),
)
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
WIDTH = len(THINGS) + 1
LONGEST = 64


def make_model(folder: Path, *, pooling: str = "mean", shift: float = 0.0) -> Path:
    """The folder. `shift` turns every vector a little: another model of the same names."""
    names = [name for names in THINGS for name in names]
    vectors = np.zeros((len(SPECIAL) + len(names), WIDTH), np.float32)
    for at, names_ in enumerate(THINGS):
        for name in names_:
            vectors[len(SPECIAL) + names.index(name), [at, WIDTH - 1]] = 1, shift
    if pooling == "cls":  # a model whose first token has seen the others
        vectors[SPECIAL.index("[CLS]")] = 1
    write(folder / "modules.json", [
        {"idx": at, "name": str(at), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for at, (path, kind) in enumerate((("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")))
    ])  # fmt: skip
    write(folder / "1_Pooling" / "config.json", {
        "word_embedding_dimension": WIDTH, "pooling_mode_cls_token": pooling == "cls",
        "pooling_mode_mean_tokens": pooling == "mean", "pooling_mode_max_tokens": False,
    })  # fmt: skip
    write(folder / "sentence_bert_config.json", {"max_seq_length": LONGEST, "do_lower_case": False})
    _write_tokenizer(folder / "tokenizer.json", names)
    write_graph(folder / "onnx" / "model.onnx", vectors)
    return folder


def write(path: Path, content: Any) -> None:
    """A JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def change(path: Path, **fields: Any) -> None:
    """Some fields of a JSON file; None takes one away."""
    old = json.loads(path.read_text()) if path.exists() else {}
    write(path, {key: value for key, value in (old | fields).items() if value is not None})


def _write_tokenizer(path: Path, names: list[str]) -> None:
    vocabulary = {word: number for number, word in enumerate((*SPECIAL, *names))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    special = [(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=special)
    tokenizer.enable_padding(length=LONGEST)  # as published ones have it; texts must not be padded all the same
    tokenizer.save(str(path))


def write_graph(path: Path, vectors: np.ndarray, *, output: str = "last_hidden_state", extra: str = "") -> None:
    """ONNX: each token's vector looked up, masked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ints = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"])
            for name in ("input_ids", "attention_mask", *([extra] if extra else []))]  # fmt: skip
    nodes = [
        helper.make_node("Gather", ["vectors", "input_ids"], ["looked_up"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["wide_mask"]),
        helper.make_node("Mul", ["looked_up", "wide_mask"], [output]),
    ]
    outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", "sequence", vectors.shape[1]])]
    kept = [numpy_helper.from_array(vectors, "vectors"), numpy_helper.from_array(np.array([-1]), "last")]
    graph = helper.make_graph(nodes, "tiny", ints, outputs, kept)
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
