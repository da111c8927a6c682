"""The encoders that come with us: rows of tokens in, scores out. Only `graphs` knows how a model is run."""
