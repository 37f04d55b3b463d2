"""Texts into vectors, by the model in a folder, on this machine's processor. The home of onnxruntime and tokenizers.

Reads no setting and downloads nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rootline.errors import EvidenceError
from rootline.evidence.dense.model_folder import ModelFolder

Vector = NDArray[np.float32]
_INPUTS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
_OUTPUTS = ("last_hidden_state", "token_embeddings")
_FATAL = 4  # onnxruntime writes to standard error what is raised as well; only the latter is wanted


class Embedder:
    """A model, loaded. Texts go through it one by one: without padding a vector never depends on its neighbours."""

    def __init__(self, model: ModelFolder) -> None:
        """Raises `EvidenceError` where the model cannot be loaded or is not what its folder says."""
        self.model = model
        try:
            self._tokenizer = Tokenizer.from_file(str(model.tokenizer))
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(model.longest)
        except Exception as error:  # the libraries raise what they like
            raise _unusable(model, f"`{model.tokenizer.name}` cannot be used: {error}") from None
        try:
            self._session = onnxruntime.InferenceSession(
                str(model.graph), _options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise _unusable(model, f"`{model.graph.name}` cannot be used: {error}") from None
        self._inputs = [one.name for one in self._session.get_inputs()]
        outputs = {one.name for one in self._session.get_outputs()}
        self._output = next((one for one in _OUTPUTS if one in outputs), "")
        if strange := set(self._inputs) - _INPUTS.keys():
            raise _unusable(model, f"`{model.graph.name}` wants the input {', '.join(sorted(strange))}")
        if not self._output:
            raise _unusable(model, f"`{model.graph.name}` gives {', '.join(sorted(outputs))}, not {_OUTPUTS[0]}")
        self.question("pain")  # a wrong width shows now

    def question(self, text: str) -> Vector:
        """The vector of a question, of length 1; of zeros where the model knows nothing of its words."""
        return self._embed(self.model.question_prompt + text)

    def passage(self, text: str) -> Vector:
        """The vector of a passage, likewise."""
        return self._embed(self.model.passage_prompt + text)

    def _embed(self, text: str) -> Vector:
        encoded = self._tokenizer.encode(text.lower() if self.model.is_lower_case else text)
        if not encoded.ids:
            return np.zeros(self.model.width, np.float32)
        given = {name: np.array([getattr(encoded, _INPUTS[name])], np.int64) for name in self._inputs}
        try:
            tokens: Any = self._session.run([self._output], given)[0]
        except Exception as error:
            raise _unusable(self.model, f"`{self.model.graph.name}` fails: {error}") from None
        if tokens.shape != (1, len(encoded.ids), self.model.width):
            what = f"it gives {tokens.shape} for {len(encoded.ids)} tokens of width {self.model.width}"
            raise _unusable(self.model, what)
        pooled = tokens[0, 0] if self.model.pooling == "cls" else tokens[0].mean(axis=0)
        length = float(np.linalg.norm(pooled))
        if not np.isfinite(length):
            raise _unusable(self.model, "it gives what is no number")
        return np.asarray(pooled / length if length else pooled, np.float32)


onnxruntime.disable_telemetry_events()  # where a build has any


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _FATAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads leave others the cores
    return options


def _unusable(model: ModelFolder, what: str) -> EvidenceError:
    mend = "Put a whole copy of the model there, or name another folder with `ROOTLINE_DENSE_MODEL`."
    return EvidenceError(f"the sentence model: {what}", where=str(model.graph.parent.parent), mend=mend)
