"""The weights of a model that ships, read back from its graphs: a training can go on from there."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from tracker.read.training.network import Network

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
