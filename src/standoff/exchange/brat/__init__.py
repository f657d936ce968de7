"""brat standoff: a record as text-bound annotations, events, attributes, relations and notes.

The format is that of brat (Stenetorp, Pyysalo, Topić, Ohta, Ananiadou & Tsujii (2012), "brat: a
Web-based Tool for NLP-Assisted Text Annotation"; https://brat.nlplab.org/standoff.html). A record
is a pair of files: NAME.txt with ``record.document.text`` exactly, and NAME.ann with `to_brat`;
`configuration` gives the files that a folder of such pairs needs for brat to open it.

    T   Actor, Time, Place, Quantity, Speaker, Cue, Content, Condition, Consequent, and the words
        of events under their PLOVER type
    E   events, with the roles Source, Target, Time, Place and Quantity
    A   Status, Mode, Aspect, Context, Quad, and the Stance of who says so first
    R   Said (speaker → content), Cued (cue → content), Ties (consequent → condition)
    N   Standoff (actor ids), GeoNames
    #   AnnotatorNotes: each event as JSON, and on ``document`` all else

`from_brat` reads it back. Whatever still is as it was exported comes back as it was, with all that
brat cannot show; whatever a human changed in brat counts as they left it.
"""

from standoff.exchange.brat.configuring import configuration
from standoff.exchange.brat.reading import from_brat
from standoff.exchange.brat.writing import to_brat

__all__ = ["configuration", "from_brat", "to_brat"]
