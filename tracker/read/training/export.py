"""The trained network → what ships: four ONNX graphs, the encoder's weights as 8-bit integers.

Weights and activations are unsigned (U8U8): their products are summed without saturation on every processor, with VNNI
or without, so that all of them read alike (onnxruntime, "Quantize ONNX models").
"""

import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tracker.read.encoder.features import DATE_FEATURES, PLACE_FEATURES, WORD_FEATURES
from tracker.read.training.network import WIDTH, Network, StepHeads

OPSET = 17
SOME = 7
"""Tokens or mentions of the example that a graph is traced with; all of them are free."""
_TOKENS = {0: "rows", 1: "tokens"}


def export(network: Network, folder: Path) -> None:
    """Writes lower.onnx, glance.onnx, upper.onnx, article.onnx and step.onnx."""
    network = network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids, mask = torch.ones(1, SOME, dtype=torch.long), torch.ones(1, SOME)
    hidden = torch.zeros(1, SOME, WIDTH)
    _quantised(network.lower, (ids, mask), ("ids", "mask"), folder / "lower.onnx")
    _quantised(network.glance, (hidden, mask), ("hidden", "mask"), folder / "glance.onnx")
    _quantised(network.upper, (hidden, ids, ids, mask), ("hidden", "kinds", "marks", "mask"), folder / "upper.onnx")
    _article_graph(network, folder)
    heads_graph(network.step, WIDTH, folder / "step.onnx")


def _article_graph(network: Network, folder: Path) -> None:
    units, mean = torch.zeros(SOME, WIDTH), torch.zeros(WIDTH)
    told = ("change", "topic", "stage", "news")
    write_graph(network.article, (units, mean), ("units", "mean"), told, {"units": {0: "n"}}, folder / "article.onnx")


def heads_graph(heads: StepHeads, width: int, path: Path) -> None:
    """Writes the heads of a step, on an encoder of some width."""
    mean = torch.zeros(width)
    inputs: dict[str, Tensor] = {"sentence": mean, "mean": mean}
    free = {}
    for name, key, features in (
        ("dates", width, DATE_FEATURES), ("places", 2 * width, PLACE_FEATURES),
        ("bodies", width, WORD_FEATURES), ("instruments", width, WORD_FEATURES),
    ):  # fmt: skip
        inputs |= {name: torch.zeros(SOME, key), f"{name}_features": torch.zeros(SOME, features)}
        free |= {name: {0: name}, f"{name}_features": {0: name}}
    told = ("stage", "news", "date", "place", "body", "instrument", "effect", "direction")
    write_graph(heads, tuple(inputs.values()), tuple(inputs), told, free, path)


def _quantised(module: nn.Module, inputs: tuple[Tensor, ...], names: tuple[str, ...], path: Path) -> None:
    whole = path.with_suffix(".float.onnx")
    write_graph(module, inputs, names, ("out",), dict.fromkeys(names, _TOKENS), whole)
    quantize_dynamic(
        whole, path, weight_type=QuantType.QUInt8, per_channel=False, op_types_to_quantize=["MatMul", "Gemm", "Gather"]
    )
    whole.unlink()


def write_graph(
    module: nn.Module, inputs: tuple[Tensor, ...], names: tuple[str, ...], told: tuple[str, ...],
    free: dict[str, dict[int, str]], path: Path,
) -> None:  # fmt: skip
    """Writes a module as a graph; `free`: the axes of its inputs that may be of any length."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing, and that the older exporter is the older one
        torch.onnx.export(
            module, inputs, str(path), input_names=list(names), output_names=list(told), dynamic_axes=free,
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    onnx.checker.check_model(str(path))


PARTS = ("glance", "upper", "article", "step")
"""Graphs whose weights are learnt; those of `lower` stay as they are pretrained."""
_PRODUCTS = ("MatMul", "MatMulInteger")
_QUANTISED = "_quantized"


def load_shipped(network: Network, folder: Path) -> None:
    """Puts the weights of a folder's graphs into the network. 8-bit weights come back as near as they were rounded."""
    for part in PARTS:
        module = getattr(network, part)
        known = _weights(folder / f"{part}.onnx")
        module.load_state_dict({name: known[name].reshape(of.shape) for name, of in module.state_dict().items()})


def _weights(path: Path) -> dict[str, Tensor]:
    """Parameter → its value, by the names that the network gives them."""
    graph = onnx.load(str(path)).graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found = {name: value for name, value in stored.items() if not name.startswith("onnx::")}
    found |= {name.removesuffix(_QUANTISED): _float(name, stored) for name in stored if name.endswith(_QUANTISED)}
    for node in graph.node:
        if node.op_type in _PRODUCTS and node.input[1] in stored:
            found[f"{_module(node.name)}.weight"] = _float(node.input[1], stored).T
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in found.items()}


def _float(name: str, stored: dict[str, np.ndarray]) -> np.ndarray:
    if not name.endswith(_QUANTISED):
        return stored[name]
    of = name.removesuffix(_QUANTISED)
    zero = stored[f"{of}_zero_point"].astype(np.float32)
    return np.asarray((stored[name].astype(np.float32) - zero) * stored[f"{of}_scale"])


def _module(node: str) -> str:
    """`/date/features/features.0/MatMul_quant` → `date.features.0`."""
    parts: list[str] = []
    for part in node.strip("/").split("/")[:-1]:
        if parts and part.startswith(f"{parts[-1]}."):
            parts.pop()
        parts.append(part)
    return ".".join(parts)
