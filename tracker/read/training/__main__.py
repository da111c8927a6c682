"""Makes the reader's model again from the labelled articles: `uv run --group train python -m tracker.read.training`.

usage: python -m tracker.read.training [--work FOLDER] [--epochs N] [--rows N] [--once] [--out FOLDER] [--from FOLDER]

With --from it does not begin anew, but with the weights of a model that ships, at a lower rate; its early no is kept.
Goes on from its last checkpoint in --work. Writes the graphs, the thresholds and card.json to --out, the screen's weights
to tracker/read/data, and the reliability plot to tests/eval. README.md tells each step, and how a new model is judged.
"""

import argparse
import json
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch

from tracker.read.encoder.small_look import GRAPHS, Encoder, model_folder
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.topics import topics
from tracker.read.training import calibrate, direction, first_screen, glance, screen
from tracker.read.training.corpus import EVAL, Record, fingerprint, is_contrast, part
from tracker.read.training.examples import example
from tracker.read.training.export import export, load_shipped
from tracker.read.training.losses import WEIGHTS
from tracker.read.training.network import FROZEN, PRETRAINED, SHA256, Network, pretrained
from tracker.read.training.network import model_folder as start_folder
from tracker.read.training.train import HEAD_RATE, RATE, ROWS, Training

EPOCHS = 4
"""The last one gains most (entry F1 on the part for choosing .508, then .536): more may be worth trying."""
AVERAGED = 1
"""Epochs whose weights are averaged, the last ones: on the part for choosing entry F1 is .536 with the last alone, .529 with
two."""
AGAIN_EPOCHS, AGAIN_RATE = 2, 0.5
"""Epochs, and share of the rate, of a training that goes on from a model that ships."""
SEED = 0
DATA = Path(__file__).parents[1] / "data"


def main() -> None:
    """All steps, one after another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--work", type=Path, default=Path("training"), help="folder of the checkpoint (default: %(default)s)"
    )
    parser.add_argument("--from", dest="start", type=Path, help="folder of a model to go on from, tracker/read/model")
    parser.add_argument("--epochs", type=int, help=f"default: {EPOCHS}, with --from {AGAIN_EPOCHS}")
    parser.add_argument("--rows", type=int, help="of an epoch at most: fewer marked sentences (default: all)")
    parser.add_argument("--once", action="store_true", help="each article is shown in one epoch only")
    parser.add_argument("--out", type=Path, default=model_folder())
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(os.cpu_count() or 1)
    taught = part("train")
    told = small_models(taught)
    print(*told[1:], sep="\n", flush=True)
    epochs = args.epochs or (AGAIN_EPOCHS if args.start else EPOCHS)
    start = json.loads((args.start / "card.json").read_text("utf-8")) if args.start else None
    network = trained(taught, epochs, args.work, args.start, args.rows, args.once)
    told += finished(network, taught, args.out, early_no=args.start is None)
    card = made_card(taught, epochs, told, args.out, start, args.rows)
    (args.out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def small_models(taught: list[Record]) -> list[str]:
    """Fits the screens and the words of directions side by side. What was made from an article is of its sort: the screens, which tell
    sorts apart, do without."""
    real = [record for record in taught if not is_contrast(record)]
    fits = (
        (screen.fit, real, DATA / "screen.csv"),
        (first_screen.fit, real, DATA / "first_screen.csv"),
        (direction.fit, taught, DATA / "direction.csv"),
    )
    with get_context("spawn").Pool(len(fits)) as side_by_side:
        return side_by_side.starmap(_fitted, fits, 1)


def _fitted(fit: Callable[[list[Record], Path], str], taught: list[Record], path: Path) -> str:
    return fit(taught, path)


def trained(
    taught: list[dict[str, Any]],
    epochs: int,
    work: Path,
    start: Path | None,
    most: int | None = None,
    once: bool = False,
) -> Network:
    """The network after its epochs."""
    network = pretrained()
    if start:
        load_shipped(network, start)
    for epoch in Training(network, taught, epochs, work, AGAIN_RATE if start else 1.0, most, once).run():
        torch.save(network.state_dict(), work / f"epoch-{epoch}.pt")
        print(f"epoch {epoch} of {epochs} done", flush=True)
    network.load_state_dict(averaged([work / f"epoch-{epoch}.pt" for epoch in range(epochs)[-AVERAGED:]]))
    return network


def averaged(saved: list[Path]) -> dict[str, Any]:
    """The mean of some epochs' weights (Izmailov et al. 2018)."""
    known = [torch.load(path, weights_only=True) for path in saved]
    return {name: sum(each[name] for each in known) / len(known) for name in known[0]}


def finished(network: Network, taught: list[dict[str, Any]], out: Path, early_no: bool) -> list[str]:
    """Teaches the early no, writes graphs and thresholds; gives what was measured on the way."""
    if early_no:
        glance.teach(network, [example(record) for record in taught])
    least, early = glance.needed(network, [example(record) for record in part("dev")])
    print(early, flush=True)
    export(network, out)
    shutil.copy(start_folder() / "tokenizer.json", out / "tokenizer.json")
    (out / "card.json").write_text(json.dumps({"topics": list(topics()), "glance": round(least, 3)}), "utf-8")
    found = calibrate.scored(part("dev"), Encoder(out), PlaceReader(load()))
    by = calibrate.fitted(found)
    calibrate.write(by, out / "thresholds.json")
    for chance, right, count in calibrate.draw(found, by, EVAL / "reliability.svg"):
        print(f"told {chance:.2f}, right {right:.2f} of {count}", flush=True)
    return [early]


def made_card(
    taught: list[dict[str, Any]],
    epochs: int,
    told: list[str],
    out: Path,
    start: dict[str, Any] | None,
    most: int | None = None,
) -> dict[str, Any]:
    """What the model is, where it comes from and how it was made."""
    names = [*(f"{graph}.onnx" for graph in GRAPHS), "tokenizer.json", "thresholds.json"]
    return {
        "what": "reads local changes out of news: all-MiniLM-L6-v2, its upper layers fine-tuned, with heads",
        "licences": {
            "all-MiniLM-L6-v2": "Apache-2.0 (Sentence Transformers; Wang et al. 2020), its weights were changed",
            "labelled articles": "MIT, as the tracker",
        },
        "start": {"package": PRETRAINED, "sha256": SHA256},
        **json.loads((out / "card.json").read_text("utf-8")),
        "data": {
            "articles": len(taught), "sha256": fingerprint(taught),
            "dev": len(part("dev")), "dev sha256": fingerprint(part("dev")),
        },
        "went on from": start and {"data": start["data"], "recipe": start["recipe"], "files": start["files"]},
        "recipe": {
            "seed": SEED, "epochs": epochs, "averaged": AVERAGED, "rate": RATE, "rate of the heads": HEAD_RATE,
            "share of the rates": AGAIN_RATE if start else 1.0, "rows of a batch": ROWS, "rows of an epoch": most,
            "frozen layers": FROZEN, "losses": WEIGHTS, "torch": torch.__version__,
        },
        "told while training": told,
        "files": {name: sha256((out / name).read_bytes()).hexdigest() for name in names},
    }  # fmt: skip


if __name__ == "__main__":
    main()
