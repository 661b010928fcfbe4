"""A Merkle tree as in RFC 6962: one hash that stands for many, and for each a short proof that it is among them.

A leaf and a node are hashed with different first bytes, so no node passes for a leaf. A last node without a neighbour
moves up as it is. Whoever trusts root and size can tell each place from every other.
"""

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def merkle_tree(entries: Sequence[bytes]) -> tuple[bytes, list[list[bytes]]]:
    """The root over `entries`, at least one; and the siblings of each, from the leaf upwards."""
    levels = [[leaf_hash(entry) for entry in entries]]
    while len(levels[-1]) > 1:
        levels.append(_level_above(levels[-1]))
    return levels[-1][0], [_siblings(levels, position) for position in range(len(entries))]


def root_by_path(entry: bytes, position: int, size: int, siblings: Sequence[bytes]) -> bytes | None:
    """The root that `entry` at `position` of `size` leads to; None where the path is not one of such a tree."""
    if not 0 <= position < size or any(len(sibling) != HASH_BYTES for sibling in siblings):
        return None
    found, rest = leaf_hash(entry), list(siblings)
    while size > 1:
        if position ^ 1 < size:
            if not rest:
                return None
            sibling = rest.pop(0)
            found = node_hash(sibling, found) if position & 1 else node_hash(found, sibling)
        position, size = position // 2, (size + 1) // 2
    return None if rest else found


def _level_above(level: list[bytes]) -> list[bytes]:
    pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return pairs + level[len(pairs) * 2 :]


def _siblings(levels: list[list[bytes]], position: int) -> list[bytes]:
    found = []
    for level in levels:
        if position ^ 1 < len(level):
            found.append(level[position ^ 1])
        position //= 2
    return found
