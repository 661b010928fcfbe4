"""Trees of hashes: every leaf leads to the root, and nothing else does."""

import hashlib

import pytest

from apps.core.merkle import leaf_hash, merkle_tree, node_hash, root_by_path

SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 31, 33]


def entries(size: int) -> list[bytes]:
    return [hashlib.sha256(str(number).encode()).digest() for number in range(size)]


def by_definition(leaves: list[bytes]) -> bytes:
    """As RFC 6962, 2.1, says it: split at the largest power of two below the size."""
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return node_hash(by_definition(leaves[:middle]), by_definition(leaves[middle:]))


@pytest.mark.parametrize("size", SIZES)
def test_tree_is_that_of_the_rfc_and_each_leaf_leads_to_its_root(size):
    leaves = entries(size)
    root, paths = merkle_tree(leaves)
    assert root == by_definition(leaves)
    for position, (leaf, path) in enumerate(zip(leaves, paths, strict=True)):
        assert root_by_path(leaf, position, size, path) == root


def test_known_answers_of_the_rfcs_reference_tree():
    """The roots over the first entries of the Certificate Transparency test vectors."""
    given = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31"]
    assert merkle_tree(given[:1])[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle_tree(given[:2])[0].hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert merkle_tree(given[:3])[0].hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"


@pytest.mark.parametrize("size", SIZES)
def test_no_other_place_leads_to_the_root(size):
    leaves = entries(size)
    root, paths = merkle_tree(leaves)
    for position in range(size):
        for other in range(-1, size + 2):
            found = root_by_path(leaves[position], other, size, paths[position])
            assert (found == root) == (other == position)


@pytest.mark.parametrize("size", [3, 5, 8])
def test_forged_swapped_shortened_and_lengthened_paths_lead_elsewhere(size):
    leaves = entries(size)
    root, paths = merkle_tree(leaves)
    path, stranger = paths[0], hashlib.sha256(b"stranger").digest()
    assert root_by_path(stranger, 0, size, path) != root
    forged = [path[::-1], path[:-1], [*path, stranger], [stranger, *path[1:]], [path[0][:-1], *path[1:]], []]
    for false in forged:
        assert root_by_path(leaves[0], 0, size, false) != root


def test_inner_node_passes_for_no_leaf():
    """Who offers the two children of a node as a document gets a leaf's hash, not a node's."""
    leaves = entries(4)
    root, _paths = merkle_tree(leaves)
    left, right = node_hash(*map(leaf_hash, leaves[:2])), node_hash(*map(leaf_hash, leaves[2:]))
    assert node_hash(left, right) == root
    for document in (left + right, left, b"\1" + left + right, leaf_hash(leaves[0]) + leaf_hash(leaves[1])):
        for size, path in ((1, []), (2, [right]), (2, [left])):
            assert root_by_path(document, 0, size, path) != root
