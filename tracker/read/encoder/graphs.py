"""How a model is run: onnxruntime, its graphs in a folder, and the word pieces. The one module that knows both."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tracker.errors import ScorerFault
from tracker.read.encoder.features import Floats

THREADS = 2
"""Of one reading at most; more gain little on rows of 512 tokens."""
Run = Mapping[str, NDArray[Any]]


def model_folder() -> Path:
    """Where the graphs of the small look lie; those of the big one lie in its folder `big`."""
    return Path(str(files("tracker.read").joinpath("model")))


@contextmanager
def loading() -> Iterator[None]:
    """Whatever a missing or broken file makes the libraries raise is a ScorerFault."""
    try:
        yield
    except Exception as error:
        remedy = "install the tracker again: its model is part of it"
        raise ScorerFault(f"the reader's model cannot be loaded ({error}); {remedy}") from error


@cache
def tokenizer() -> Tokenizer:
    """BERT's uncased word pieces, of any length. Raises ScorerFault."""
    with loading():
        found = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


class Graphs:
    """The graphs of a folder, each loaded when it is first run. Raises ScorerFault where one cannot be."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sessions: dict[str, ort.InferenceSession] = {}

    def warm(self, *names: str) -> None:
        """Loads graphs now."""
        for name in names:
            self._session(name)

    def run(self, name: str, inputs: Run) -> list[Floats]:
        """What a graph gives."""
        return self._session(name).run(None, inputs)  # type: ignore[no-any-return]

    def _session(self, name: str) -> ort.InferenceSession:
        if name not in self._sessions:
            options = ort.SessionOptions()
            options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
            options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            path = str(self._folder / f"{name}.onnx")
            with loading():
                self._sessions[name] = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        return self._sessions[name]


def log_softmax(logits: Floats) -> Floats:
    """Over the mentions, for each stage; empty where there is none to choose."""
    if not len(logits):
        return logits
    shifted = logits - logits.max(0)
    return shifted - np.log(np.exp(shifted).sum(0))  # type: ignore[no-any-return]
