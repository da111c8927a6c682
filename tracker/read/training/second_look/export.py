"""The trained big network → what ships: two ONNX graphs, their weights in few bits (MatMulNBits).

Weights alone are rounded, each block of a row by its own scale, and the numbers that go through by blocks while they are
multiplied: with one scale a matrix the stage of a step was wrong in ten sentences of a hundred more. The layers that
are not taught have four bits and were rounded before the others learnt, the taught ones have eight.
"""

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from torch import Tensor, nn

from tracker.read.training.export import SOME, heads_graph, write_graph
from tracker.read.training.second_look.network import BLOCK, WIDTH, BigNetwork, Encoder

FEW, MANY = 4, 8
"""Bits of a weight that is not taught, and of one that is."""
LARGE_BLOCK = 64
"""Weights of eight bits that share a scale."""
IN_BYTES = 4
"""The level of exactness at which the runtime multiplies 8-bit numbers."""


class _OneRow(nn.Module):
    """The encoder on one row, of which every token counts."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, kinds: Tensor, marks: Tensor) -> Tensor:
        return self.encoder(ids, kinds, marks, torch.ones_like(ids, dtype=torch.float32))  # type: ignore[no-any-return]


def export(network: BigNetwork, folder: Path) -> None:
    """Writes look.onnx and step.onnx."""
    folder.mkdir(parents=True, exist_ok=True)
    network = network.float().eval()
    ids = torch.ones(1, SOME, dtype=torch.long)
    names, whole = ("ids", "kinds", "marks"), folder / "look.float.onnx"
    free = {name: {0: "rows", 1: "tokens"} for name in (*names, "out")}
    write_graph(_OneRow(network.encoder).eval(), (ids, ids % 1, ids % 2), names, ("out",), free, whole)
    model = onnx.load(str(whole))
    whole.unlink()
    lower = [node.name for node in model.graph.node if "/lower." in node.name or _is_words(node)]
    taught = [node.name for node in model.graph.node if "/upper." in node.name]
    few = _rounded(model, lower, FEW, BLOCK)
    many = _rounded(few, taught, MANY, LARGE_BLOCK)
    onnx.save(many, str(folder / "look.onnx"))
    heads_graph(network.step, WIDTH, folder / "heads.onnx")
    onnx.save(_rounded(onnx.load(str(folder / "heads.onnx")), None, MANY, LARGE_BLOCK), str(folder / "step.onnx"))
    (folder / "heads.onnx").unlink()


def _is_words(node: onnx.NodeProto) -> bool:
    return node.op_type == "Gather" and "words" in "".join(node.input)


def _rounded(model: onnx.ModelProto, names: list[str] | None, bits: int, block: int) -> onnx.ModelProto:
    """A graph in which the products of these nodes, or all, have weights of so many bits, and tables too where four."""
    kinds = ("MatMul", "Gather") if bits == FEW else ("MatMul",)
    settings = DefaultWeightOnlyQuantConfig(
        block_size=block, is_symmetric=True, accuracy_level=IN_BYTES, bits=bits, op_types_to_quantize=kinds
    )
    others = [node.name for node in model.graph.node if names is not None and node.name not in names]
    rounding = MatMulNBitsQuantizer(model, algo_config=settings, nodes_to_exclude=others)
    rounding.process()
    return rounding.model.model  # type: ignore[no-any-return]
