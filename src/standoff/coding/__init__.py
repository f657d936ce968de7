"""Document and parse → Record: events, their status, who says so, and their conditions."""

from standoff.coding.coder import code

__all__ = ["code"]
