"""Boxes in layers, joined by lines from layer to layer: in which order, and where.

A line between layers that are not neighbors gets a lane of its own through each layer between them, so that
no line runs behind a box. The order is by the middle of the neighbors (Sugiyama, Tagawa and Toda, 1981).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

BOX = 208
"""Width of a box, in SVG units (about pixels)."""
LANE = 14
"""Width of a lane."""
_GAP = 12
MARGIN = 3
"""Room around everything, for the thick frame of a box that was walked."""
_SWEEPS = 12

Edge = tuple[str, str]
"""Two boxes, the second in a lower layer."""
Slot = tuple[str, str]
"""A place in a layer: a box, which is its id twice, or the lane of an edge that passes through."""


def _slots(layer_of: Mapping[str, int], edges: Sequence[Edge]) -> list[list[Slot]]:
    """What stands in each layer: boxes in reading order, then the lanes."""
    layers: list[list[Slot]] = [[] for _ in range(max(layer_of.values()) + 1)]
    for id, layer in layer_of.items():
        layers[layer].append((id, id))
    for start, end in edges:
        for layer in range(layer_of[start] + 1, layer_of[end]):
            layers[layer].append((start, end))
    return layers


def _chain(edge: Edge, layer_of: Mapping[str, int]) -> list[Slot]:
    """The slots that a line passes, from box to box, one in each layer."""
    start, end = edge
    lanes = [edge] * (layer_of[end] - layer_of[start] - 1)
    return [(start, start), *lanes, (end, end)]


Neighbors = list[dict[Slot, list[Slot]]]
"""For each layer: the slots in the next one, or in the one before, that each slot is joined with."""


def _neighbors(edges: Sequence[Edge], layer_of: Mapping[str, int], count: int) -> tuple[Neighbors, Neighbors]:
    """Above and below."""
    above: Neighbors = [{} for _ in range(count)]
    below: Neighbors = [{} for _ in range(count)]
    for edge in edges:
        chain = _chain(edge, layer_of)
        for layer, (upper, lower) in enumerate(pairwise(chain), layer_of[edge[0]]):
            below[layer].setdefault(upper, []).append(lower)
            above[layer + 1].setdefault(lower, []).append(upper)
    return above, below


def ordered(edges: Sequence[Edge], layer_of: Mapping[str, int]) -> list[list[Slot]]:
    """Each layer in an order in which few lines cross: sorted by the middle of the neighbors, up and down."""
    layers = _slots(layer_of, edges)
    above, below = _neighbors(edges, layer_of, len(layers))
    best, fewest = layers, _crossings(layers, below)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        order = [list(layer) for layer in layers]
        numbers = range(1, len(order)) if down else range(len(order) - 2, -1, -1)
        for number in numbers:
            beside = order[number - 1 if down else number + 1]
            at = {slot: place for place, slot in enumerate(beside)}
            joined = (above if down else below)[number]
            middle = {
                slot: _mean([at[each] for each in joined[slot]]) if slot in joined else float(place)
                for place, slot in enumerate(order[number])
            }
            order[number].sort(key=middle.__getitem__)
        layers = order
        crossings = _crossings(layers, below)
        if crossings < fewest:
            best, fewest = layers, crossings
    return best


def _crossings(layers: Sequence[Sequence[Slot]], below: Neighbors) -> int:
    """How often lines cross."""
    count = 0
    for number, layer in enumerate(layers[:-1]):
        at = {slot: place for place, slot in enumerate(layers[number + 1])}
        ends: list[int] = []
        for slot in layer:
            mine = sorted(at[each] for each in below[number].get(slot, ()))
            count += sum(other > each for each in mine for other in ends)
            ends += mine
    return count


def width_of(slot: Slot) -> int:
    """Width of a box or of a lane."""
    return BOX if slot[0] == slot[1] else LANE


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def columns(
    layers: Sequence[Sequence[Slot]], edges: Sequence[Edge], layer_of: Mapping[str, int]
) -> list[dict[Slot, int]]:
    """The left side of each slot, by layer: as near to the middle of its neighbors as there is room."""
    above, below = _neighbors(edges, layer_of, len(layers))
    middles = [_apart(layer, dict.fromkeys(layer, 0.0)) for layer in layers]
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for number in range(len(layers)) if down else range(len(layers) - 1, -1, -1):
            joined = (above if down else below)[number]
            beside = middles[number - 1 if down else min(number + 1, len(layers) - 1)]
            wanted = {
                slot: _mean([beside[each] for each in joined[slot]]) if slot in joined else here
                for slot, here in middles[number].items()
            }
            middles[number] = _apart(layers[number], wanted)
    first = min(middle - width_of(slot) / 2 for layer in middles for slot, middle in layer.items())
    return [
        {slot: round(middle - width_of(slot) / 2 - first) + MARGIN for slot, middle in layer.items()}
        for layer in middles
    ]


def _apart(layer: Sequence[Slot], wanted: Mapping[Slot, float]) -> dict[Slot, float]:
    """Middles as near as can be to what is wanted, in this order, with no two slots overlapping.

    Least squares under an order is isotonic regression: neighbors that are too close move as one.
    """
    offsets = [0.0]
    for before, after in pairwise(layer):
        offsets.append(offsets[-1] + width_of(before) / 2 + _GAP + width_of(after) / 2)
    groups: list[tuple[float, int]] = []
    for slot, offset in zip(layer, offsets, strict=True):
        mean, size = wanted[slot] - offset, 1
        while groups and groups[-1][0] > mean:
            other, count = groups.pop()
            mean, size = (other * count + mean * size) / (count + size), count + size
        groups.append((mean, size))
    places = (mean for mean, size in groups for _ in range(size))
    return {slot: place + offset for slot, place, offset in zip(layer, places, offsets, strict=True)}
