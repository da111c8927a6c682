"""Weights of four bits, as the graphs have them: whole numbers from -8 to 7 times a scale of their own for each block of a row.
The layers that are not taught are rounded before the others learn, so that what rounding spoils is learnt away."""

import torch
from torch import Tensor

BLOCK = 32
"""Weights that share a scale."""
LEAST, MOST = -8, 7
CUTS = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Shares of the largest weight of a block that are tried for its end: what is beyond is cut."""


def rounded(weights: Tensor) -> Tensor:
    """weights [rows, columns] as near as four bits come to them. Rounding it again changes nothing: in each block one
    weight is at LEAST, by which the runtime's own tool finds the same scale (MatMulNBits, symmetric)."""
    blocks = weights.float().reshape(-1, BLOCK)
    largest = blocks.gather(1, blocks.abs().argmax(1, keepdim=True))
    best, error = torch.zeros_like(blocks), torch.full((len(blocks), 1), torch.inf)
    for cut in CUTS:
        scale = largest * cut / LEAST
        near = torch.where(scale == 0, 0.0, (blocks / scale).round().clamp(LEAST, MOST) * scale)
        off = ((near - blocks) ** 2).sum(1, keepdim=True)
        best, error = torch.where(off < error, near, best), torch.minimum(off, error)
    return best.reshape(weights.shape).to(weights.dtype)
