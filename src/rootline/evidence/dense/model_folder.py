"""A sentence-transformers model folder, as its own files describe it: what is pooled, how long a text may be.

Loads no model and no library; what it does not know is refused, never guessed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Literal, NoReturn

from rootline.errors import EvidenceError

Pooling = Literal["mean", "cls"]
GRAPH = "onnx/model.onnx"
_SETTINGS = Path("config_sentence_transformers.json")
_MODULES = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
_POOLING_FLAGS = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean"}
_EXPORT = (
    'Where sentence-transformers[onnx] is installed, `SentenceTransformer(FOLDER, backend="onnx")'
    ".save_pretrained(FOLDER)` makes it."
)


@dataclass(frozen=True)
class ModelFolder:
    """What is needed to turn a text into a vector of `width` numbers, and the hash of all that it depends on."""

    graph: Path
    tokenizer: Path
    pooling: Pooling
    width: int
    longest: int  # tokens; the rest of a longer text is not looked at
    is_lower_case: bool
    question_prompt: str  # stands before a question …
    passage_prompt: str  # … and before a passage
    sha256: str


def read_model_folder(folder: Path) -> ModelFolder:
    """Raises `EvidenceError` that says which file is missing, or what in it is not supported."""
    if not folder.is_dir():
        _refuse(folder, "there is no such folder", "`ROOTLINE_DENSE_MODEL` names it; unset, words alone are searched.")
    reading = _Reading(folder)
    transformer, pooling = _modules(reading)
    mode, width = _pooling(reading, pooling)
    longest, is_lower_case = _limits(reading, transformer)
    question_prompt, passage_prompt = _prompts(reading)
    graph = reading.file(transformer / GRAPH, _EXPORT)
    for beside in sorted(graph.parent.glob(f"{graph.name}?*")):  # weights too large for one file
        reading.file(beside.relative_to(folder))
    tokenizer = reading.file(transformer / "tokenizer.json", "A folder with `vocab.txt` alone is not enough.")
    return ModelFolder(
        graph, tokenizer, mode, width, longest, is_lower_case, question_prompt, passage_prompt, reading.hash()
    )


class _Reading:
    """The folder's files as they are looked at; the hash is of these, and of nothing else in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, Path] = {}

    def file(self, name: Path, mend: str = "") -> Path:
        path = self.folder / name
        if not path.is_file():
            _refuse(self.folder, f"`{name}` is missing", mend)
        self._files[name.as_posix()] = path
        return path

    def fields(self, name: Path, must: bool = True) -> dict[str, Any]:
        """An object of a JSON file; empty where the file need not be there and is not."""
        if not must and not (self.folder / name).is_file():
            return {}
        found = self.json(name)
        return found if isinstance(found, dict) else _refuse(self.folder, f"`{name}` is not an object")

    def json(self, name: Path) -> Any:
        try:
            return json.loads(self.file(name, "This is no sentence-transformers folder.").read_bytes())
        except (OSError, ValueError) as error:
            _refuse(self.folder, f"`{name}` cannot be read: {error}")

    def hash(self) -> str:
        digest = sha256()
        for name, path in sorted(self._files.items()):
            with path.open("rb") as file:
                digest.update(f"{name}\0{file_digest(file, 'sha256').hexdigest()}\n".encode())
        return digest.hexdigest()


def _refuse(folder: Path, what: str, mend: str = "") -> NoReturn:
    raise EvidenceError(f"the sentence model: {what}", where=str(folder), mend=mend)


def _modules(reading: _Reading) -> tuple[Path, Path]:
    """The folders of transformer and pooling. Any further step would change the vector, so none is passed over."""
    modules = reading.json(Path("modules.json"))
    try:
        named = [(str(one["type"]), Path(one["path"])) for one in modules]
    except (TypeError, KeyError):
        _refuse(reading.folder, "`modules.json` is not a list of modules")
    known = [name.rpartition(".")[2] for name, _ in named]
    if known not in _MODULES or not all(name.startswith("sentence_transformers.") for name, _ in named):
        mend = "Supported: Transformer, Pooling and, if there, Normalize of sentence-transformers, in this order."
        _refuse(reading.folder, f"its modules are {', '.join(name for name, _ in named) or 'none'}", mend)
    for _, path in named:
        if path.is_absolute() or ".." in path.parts:
            _refuse(reading.folder, f"`modules.json` leads out of the folder: `{path}`")
    measure = reading.fields(_SETTINGS, must=False).get("similarity_fn_name") or "cosine"
    if measure != "cosine" and (measure != "dot" or "Normalize" not in known):  # the same for vectors of length 1
        _refuse(reading.folder, f"it compares by {measure}", "Supported: cosine; dot after Normalize.")
    return named[0][1], named[1][1]


def _pooling(reading: _Reading, path: Path) -> tuple[Pooling, int]:
    name = path / "config.json"
    fields = reading.fields(name)
    modes: Any = fields.get("pooling_mode") or [
        _POOLING_FLAGS.get(key, key) for key, is_on in fields.items() if key.startswith("pooling_mode_") and is_on
    ]
    mode: Any
    mode, *others = [modes] if isinstance(modes, str) else [*modes, *([] if modes else ["none"])]
    if others or mode not in ("mean", "cls"):
        _refuse(reading.folder, f"`{name}` pools by {', '.join(map(str, [mode, *others]))}", "Supported: mean, or cls.")
    width = fields.get("embedding_dimension", fields.get("word_embedding_dimension"))
    if not isinstance(width, int) or width < 1:
        _refuse(reading.folder, f"`{name}` does not say how wide a vector is")
    if fields.get("include_prompt") is False and any(_prompts(reading)):
        _refuse(reading.folder, f"`{name}` leaves its prompt out of the pooling, which is not supported")
    return mode, width


def _limits(reading: _Reading, path: Path) -> tuple[int, bool]:
    """How many tokens a text may have, and whether it is put into lower case first."""
    own = reading.fields(path / "sentence_bert_config.json", must=False)
    told = [own.get("max_seq_length")]
    if not told[0]:
        told = [
            reading.fields(path / "config.json", must=False).get("max_position_embeddings"),
            reading.fields(path / "tokenizer_config.json", must=False).get("model_max_length"),
        ]
    limits = [one for one in told if isinstance(one, int) and one > 0]
    if not limits:
        mend = "`sentence_bert_config.json` with `max_seq_length` says it."
        _refuse(reading.folder, "it does not say how many tokens a text may have", mend)
    return min(limits), bool(own.get("do_lower_case", False))


def _prompts(reading: _Reading) -> tuple[str, str]:
    """What the model wants before a question and before a passage, by the names that sentence-transformers uses."""
    fields = reading.fields(_SETTINGS, must=False)
    prompts = fields.get("prompts") or {}
    usual = prompts.get(fields.get("default_prompt_name")) or ""
    passage = next((prompts[name] for name in ("document", "passage", "corpus") if name in prompts), usual)
    return prompts.get("query", usual), passage
