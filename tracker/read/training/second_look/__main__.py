"""Teaches the big look: `uv run --group train python -m tracker.read.training.second_look --weights model.safetensors`.

usage: python -m tracker.read.training.second_look --weights FILE [--work FOLDER] [--minutes N] [--more FILE ...]

Goes on from its last checkpoint in --work. `--more`: further labelled articles for learning; asked for anew each round.
At the end it writes graphs, thresholds and card to --out, and the reliability plot to tests/eval.
"""

import argparse
from functools import partial
from pathlib import Path

from tracker.read.encoder.graphs import model_folder
from tracker.read.training.second_look.articles import labelled, suspected
from tracker.read.training.second_look.finish import finish
from tracker.read.training.second_look.train import Plan, run

MINUTES = 65.0
"""Two rounds through all articles at 11 rows a second; the experiment that it goes back to gained little after 45."""


def main() -> None:
    """One run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="model.safetensors of all-mpnet-base-v2")
    parser.add_argument("--work", type=Path, default=Path("training-big"), help="folder of the checkpoint")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="of training (default: %(default)s)")
    parser.add_argument("--more", type=Path, action="append", default=[], help="a file of further labelled articles")
    parser.add_argument(
        "--redraw", type=float, default=0.5, help="share of articles whose places and years are redrawn"
    )
    parser.add_argument("--out", type=Path, default=model_folder() / "big")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    records = partial(labelled, args.more)
    plan = Plan(args.weights, args.work, args.minutes * 60, records, suspected(records(), args.work), args.redraw)
    run(plan)
    finish(args.weights, args.work, args.out, records(), args.minutes, args.redraw)


if __name__ == "__main__":
    main()
