"""Stores for tests of the play."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from standoff.store import Store


@pytest.fixture
def memory() -> Iterator[Store]:
    """Return an empty store in memory."""
    with Store.create("sqlite://") as made:
        yield made
