"""Document and parse → Record: events, their status, who says so, and their conditions."""

from standoff.coding import codebooks
from standoff.coding.coder import code
from standoff.coding.explaining import Explanation, explain

__all__ = ["Explanation", "code", "codebooks", "explain"]
