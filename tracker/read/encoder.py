"""The scorer that ships: a small fine-tuned transformer, run by onnxruntime."""

from functools import cache
from importlib.resources import files

from tokenizers import Tokenizer


@cache
def tokenizer() -> Tokenizer:
    """BERT's uncased word pieces, of any length."""
    found = Tokenizer.from_file(str(files("tracker.read").joinpath("model", "tokenizer.json")))
    found.no_truncation()
    found.no_padding()
    return found
