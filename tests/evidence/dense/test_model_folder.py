"""What a model folder says is followed to the letter, and what is not known is refused, with a reason to mend it by."""

from __future__ import annotations

import json
import shutil

import pytest

from rootline.errors import EvidenceError
from rootline.evidence.dense.model_folder import read_model_folder
from tests.evidence.dense.tiny_model import LONGEST, WIDTH, change, write

NEW = "sentence_transformers.sentence_transformer.modules"


def modules(folder, *kinds: str) -> None:
    paths = {"Transformer": "", "Pooling": "1_Pooling"}
    names = [kind if "." in kind else f"sentence_transformers.models.{kind}" for kind in kinds]
    ends = [one.rpartition(".")[2] for one in names]
    write(folder / "modules.json", [{"path": paths.get(end, f"9_{end}"), "type": one}
                                    for one, end in zip(names, ends, strict=True)])  # fmt: skip


def test_a_folder_is_read_as_its_files_say(model):
    found = read_model_folder(model)
    assert (found.graph, found.tokenizer) == (model / "onnx" / "model.onnx", model / "tokenizer.json")
    assert (found.pooling, found.width, found.longest, found.is_lower_case) == ("mean", WIDTH, LONGEST, False)
    assert (found.question_prompt, found.passage_prompt) == ("", "")


@pytest.mark.parametrize(
    ("config", "pooling"),
    [
        ({"pooling_mode": "cls", "embedding_dimension": 3}, "cls"),
        ({"pooling_mode": ["mean"], "embedding_dimension": 3}, "mean"),
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False, "word_embedding_dimension": 3}, "cls"),
    ],
)
def test_pooling_is_read_from_older_and_newer_files(model, config, pooling):
    write(model / "1_Pooling" / "config.json", config)
    modules(model, "sentence_transformers.base.modules.transformer.Transformer", f"{NEW}.pooling.Pooling")
    assert (read_model_folder(model).pooling, read_model_folder(model).width) == (pooling, 3)


def test_the_prompts_are_those_that_sentence_transformers_would_take(model):
    settings = model / "config_sentence_transformers.json"
    change(settings, prompts={"query": "ask: ", "passage": "read: ", "other": "x"}, default_prompt_name="other")
    found = read_model_folder(model)
    assert (found.question_prompt, found.passage_prompt) == ("ask: ", "read: ")
    change(settings, prompts={"other": "x: "}, default_prompt_name="other")
    found = read_model_folder(model)
    assert (found.question_prompt, found.passage_prompt) == ("x: ", "x: ")


def test_the_longest_text_is_taken_from_the_transformer_where_the_model_does_not_say(model):
    (model / "sentence_bert_config.json").unlink()
    change(model / "config.json", max_position_embeddings=514)
    change(model / "tokenizer_config.json", model_max_length=512)
    assert read_model_folder(model).longest == 512


def remove(name):
    def spoil(folder):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


def pooled(**config):
    return lambda folder: write(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": WIDTH} | config)


def changed(name, **fields):
    return lambda folder: change(folder / name, **fields)


def written(name, text):
    return lambda folder: (folder / name).write_text(text)


SETTINGS = "config_sentence_transformers.json"
REFUSED = {
    "no folder": (shutil.rmtree, "there is no such folder"),
    "no list of modules": (remove("modules.json"), "`modules.json` is missing"),
    "a list of modules that is no JSON": (written("modules.json", "{"), "`modules.json` cannot be read"),
    "bytes that are no text": (lambda folder: (folder / "modules.json").write_bytes(b"\xff\xfe\x00"), "cannot be read"),
    "modules without a type": (written("modules.json", "[{}]"), "not a list of modules"),
    "no modules": (written("modules.json", "[]"), "its modules are none"),
    "modules that are words": (written("modules.json", '["Transformer"]'), "not a list of modules"),
    "a dense layer": (lambda folder: modules(folder, "Transformer", "Pooling", "Dense"), "models.Dense"),
    "no pooling": (lambda folder: modules(folder, "Transformer"), "its modules are sentence_transformers"),
    "another order": (lambda folder: modules(folder, "Pooling", "Transformer"), "Supported: Transformer, Pooling"),
    "code of its own": (lambda folder: modules(folder, "own.code.Transformer", "Pooling"), "own.code.Transformer"),
    "static vectors": (lambda folder: modules(folder, "StaticEmbedding"), "StaticEmbedding"),
    "a way out of the folder": (
        written("modules.json", json.dumps([{"path": "../x", "type": "sentence_transformers.models.Transformer"},
                                            {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])),
        "leads out of the folder",
    ),
    "no settings of the pooling": (remove("1_Pooling/config.json"), "`1_Pooling/config.json` is missing"),
    "settings that are a list": (written("1_Pooling/config.json", "[]"), "`1_Pooling/config.json` is not an object"),
    "pooling by the greatest": (pooled(pooling_mode_max_tokens=True), "pools by pooling_mode_max_tokens"),
    "two poolings": (pooled(pooling_mode_cls_token=True, pooling_mode_mean_tokens=True), "pools by cls, mean"),
    "a pooling that is not known": (pooled(pooling_mode_sideways=True), "pools by pooling_mode_sideways"),
    "pooling by the last token": (pooled(pooling_mode="lasttoken"), "pools by lasttoken"),
    "no pooling named": (pooled(), "pools by none"),
    "no width": (pooled(pooling_mode="mean", word_embedding_dimension=None), "does not say how wide"),
    "a prompt left out of the pooling": (
        lambda folder: (pooled(pooling_mode="mean", include_prompt=False)(folder),
                        change(folder / SETTINGS, prompts={"query": "ask: "})),
        "leaves its prompt out",
    ),
    "no graph": (remove("onnx"), r"`onnx/model.onnx` is missing\n  .*backend=\"onnx\""),
    "no tokenizer": (remove("tokenizer.json"), "`tokenizer.json` is missing"),
    "no limit": (remove("sentence_bert_config.json"), "how many tokens"),
    "a limit that is none": (changed("sentence_bert_config.json", max_seq_length=-1), "how many tokens"),
    "another measure": (changed(SETTINGS, similarity_fn_name="euclidean"), "compares by euclidean"),
    "lengths that count": (
        lambda folder: (modules(folder, "Transformer", "Pooling"),
                        change(folder / SETTINGS, similarity_fn_name="dot")),
        "compares by dot",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_known_is_refused(model, case):
    spoil, said = REFUSED[case]
    spoil(model)
    with pytest.raises(EvidenceError, match=said) as error:
        read_model_folder(model)
    assert str(error.value).startswith(f"{model}: the sentence model: ")


@pytest.mark.parametrize("name", ["modules.json", "tokenizer.json", "onnx/model.onnx", "1_Pooling/config.json"])
def test_one_letter_more_in_any_file_that_counts_is_another_model(model, name):
    before = read_model_folder(model).sha256
    (model / "README.md").write_text("Anything.")
    assert read_model_folder(model).sha256 == before
    with (model / name).open("ab") as file:
        file.write(b"\n")
    assert read_model_folder(model).sha256 != before


def test_weights_that_lie_beside_the_graph_count_too(model):
    before = read_model_folder(model).sha256
    (model / "onnx" / "model.onnx_data").write_bytes(b"weights")
    assert read_model_folder(model).sha256 != before
