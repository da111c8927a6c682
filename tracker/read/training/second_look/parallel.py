"""Two processes that learn as one: their networks are views of one shared buffer, each adds its gradient, and each moves
one half of every layer (AdamW). Faster on two cores than one process with two threads."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

DECAY, BETAS, TINY = 0.03, (0.9, 0.999), 1e-8
LONGEST_GRADIENT = 1.0
"""A longer one is cut to it."""


@dataclass
class Group:
    """Parameters that learn at one rate. `exact`: their values in 32 bits, shared; `used`: those that the network works
    with, the same buffer or one in fewer bits; `gradients`: one buffer a process."""

    exact: Tensor
    used: Tensor
    gradients: list[Tensor]
    rate: float


def group(parameters: Sequence[nn.Parameter], ranks: int, rate: float, worked_in: torch.dtype) -> Group:
    """The shared group of some parameters, which the network works with in another type."""
    exact = torch.cat([parameter.data.float().reshape(-1) for parameter in parameters]).share_memory_()
    used = exact if worked_in == torch.float32 else exact.to(worked_in).share_memory_()
    return Group(exact, used, [torch.zeros_like(used).share_memory_() for _ in range(ranks)], rate)


def attach(parameters: Sequence[nn.Parameter], of: Group, rank: int) -> None:
    """Makes the parameters of this process views of the group's buffers."""
    at = 0
    for parameter in parameters:
        end = at + parameter.numel()
        parameter.data = of.used[at:end].view_as(parameter)
        parameter.grad = of.gradients[rank][at:end].view_as(parameter)
        at = end


class Half:
    """What one process moves of all groups."""

    def __init__(self, groups: Sequence[Group], rank: int, ranks: int) -> None:
        self._groups, self._rank = groups, rank
        self._spans = [(len(g.exact) * rank // ranks, len(g.exact) * (rank + 1) // ranks) for g in groups]
        self.state = [(torch.zeros(z - a), torch.zeros(z - a), torch.zeros(())) for a, z in self._spans]

    def gather(self) -> tuple[list[Tensor], float]:
        """The sum of all processes' gradients in this half, and its squared length."""
        sums = [
            torch.stack([each[a:z].float() for each in g.gradients]).sum(0)
            for g, (a, z) in zip(self._groups, self._spans, strict=True)
        ]
        return sums, sum(float(each.dot(each)) for each in sums)

    def move(self, sums: list[Tensor], squared: float, factor: float) -> None:
        """One step of this half at a share of its rates; `squared`: the whole gradient's squared length."""
        cut = min(1.0, LONGEST_GRADIENT / (squared**0.5 + 1e-6))
        for g, (a, z), each, (mean, spread, steps) in zip(self._groups, self._spans, sums, self.state, strict=True):
            torch._fused_adamw_(
                [g.exact[a:z]], [each.mul_(cut)], [mean], [spread], [], [steps.add_(1)], lr=g.rate * factor,
                beta1=BETAS[0], beta2=BETAS[1], weight_decay=DECAY, eps=TINY, amsgrad=False, maximize=False,
            )  # fmt: skip
            if g.used is not g.exact:
                g.used[a:z] = g.exact[a:z]

    def clear(self) -> None:
        """Forgets this process's own gradients."""
        for g in self._groups:
            g.gradients[self._rank].zero_()
