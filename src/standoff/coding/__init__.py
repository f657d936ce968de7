"""Document and parse → Record: events, their status, who says so, and the conditions they are under."""

from standoff.coding.coder import code

__all__ = ["code"]
