"""Who: the actors named in a parsed document, and every place in the text that means them.

>>> import spacy
>>> cast = find(spacy.blank("en")("Pyongyang warned the US State Department."))
>>> [mention.actor for mention in cast.mentions]
['PRK', 'USA.GOV.STATE_DEPARTMENT']
"""

from standoff.actors.directory import Entry, described, named
from standoff.actors.draft import describe
from standoff.actors.lexicon import warm
from standoff.actors.linking import chains, noun_phrases
from standoff.actors.mentions import find
from standoff.actors.model import Cast, Mention

__all__ = [
    "Cast",
    "Entry",
    "Mention",
    "chains",
    "describe",
    "described",
    "find",
    "named",
    "noun_phrases",
    "warm",
]
