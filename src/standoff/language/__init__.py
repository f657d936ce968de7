"""Document → sentences with syntax: one encoder, one forward pass, many heads."""

from standoff.language.pipeline import load
from standoff.language.relations import relate, relate_many

__all__ = ["load", "relate", "relate_many"]
