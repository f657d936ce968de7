"""CoNLL-U: the whole report as sentences with syntax, entities and events. Export only.

CoNLL-U (Universal Dependencies, version 2): a sentence is a block of comments and of one line a
token with ten columns; https://universaldependencies.org/format.html. Lemmas, tags, heads and
relations are those of the shipped pipeline, read anew from the text. In the last column stand

    SpaceAfter=No, SpacesAfter=...   what follows the token, where it is not one blank
    StartChar=, EndChar=             offsets into the text of the record, in code points
    Entity=                          mentions of actors, in the brackets of CorefUD 1.0
    Event=                           on the head of an event's anchor: id:type:status, …

A line end within a sentence is a blank in ``# text``, as the format wants it, and ``SpacesAfter``
keeps it, in the notation of UDPipe. Values escape what the column gives a meaning (``%7C`` for a
bar); a line of ``# global.Entity`` says what an opening bracket holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from standoff.record import Record, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

#: What has a meaning in the last column, in Entity= or in Event=, and is written as %XX there.
_MEANING = re.compile("[\\s%|=(),:\\-\\[\\]\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"\s")

#: UDPipe's names for blanks in SpacesAfter; others are written as in Python.
_BLANKS = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r"}

#: What stands between two paragraphs, at least.
_PARAGRAPHS = 2


def to_conllu(record: Record) -> str:
    """Return the document of a record in CoNLL-U; empty where its text has no word.

    Raises:
        ModelError: the installed model is missing or damaged.
    """
    # spaCy takes no halves of surrogate pairs; a replacement of one character keeps all offsets.
    doc = _pipeline()(_SURROGATE.sub("\ufffd", record.document.text))
    words = [token for token in doc if not token.is_space]
    gaps = _gaps(doc, words)
    misc = {word.i: _places(word, gaps[word.i]) for word in words}
    for key, found in (("Entity", _entities(record, words)), ("Event", _events(record, words))):
        for place, value in found.items():
            misc[place].append(f"{key}={value}")
    blocks: list[str] = []
    gap = doc.text[: words[0].idx] if words else ""
    if gap:
        misc[words[0].i].insert(0, f"SpacesBefore={_escaped(gap)}")
    for sentence in doc.sents:
        within = [token for token in sentence if not token.is_space]
        if not within:
            continue
        comments = ["# newpar"] if gap.count("\n") >= _PARAGRAPHS else []
        if not blocks:
            entity = "# global.Entity = eid-etype-head"
            comments = [f"# newdoc id = {record.document.id}", entity]
        line = "".join(_field(word.text) + (" " if gaps[word.i] else "") for word in within)
        comments += [f"# sent_id = {len(blocks) + 1}", f"# text = {line.rstrip(' ')}"]
        blocks.append("\n".join((*comments, *_rows(within, misc))) + "\n\n")
        gap = gaps[within[-1].i]
    return "".join(blocks)


@cache
def _pipeline() -> Language:
    # spaCy and the model take seconds to load, which other formats should not pay.
    from standoff import language

    return language.load()


def _rows(words: Sequence[Token], misc: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a sentence's words."""
    numbers = {word.i: number for number, word in enumerate(words, start=1)}
    roots = [word for word in words if word.head == word or word.head.i not in numbers]
    for word in words:
        head, relation = numbers.get(word.head.i, 0), word.dep_
        if word in roots:
            # A sentence too long for the parser is read in pieces, each with a root of its own.
            first = word == roots[0]
            head, relation = (0, "root") if first else (numbers[roots[0].i], "parataxis")
        columns = (
            str(numbers[word.i]),
            _field(word.text),
            _field(word.lemma_),
            word.pos_ or "_",
            word.tag_ or "_",
            "_",
            str(head),
            relation,
            "_",
            "|".join(misc[word.i]),
        )
        yield "\t".join(columns)


def _field(text: str) -> str:
    """Return a form or lemma as a column can hold it."""
    return _BLANK.sub("\ufffd", text) or "_"


def _gaps(doc: Doc, words: Sequence[Token]) -> dict[int, str]:
    """Return the blanks between each word and the next one, by the word's place."""
    starts = [*(word.idx for word in words[1:]), len(doc.text)]
    return {
        word.i: doc.text[word.idx + len(word) : start]
        for word, start in zip(words, starts, strict=False)
    }


def _places(word: Token, gap: str) -> list[str]:
    """Return what the last column says of where a word stands."""
    places = [f"StartChar={word.idx}", f"EndChar={word.idx + len(word)}"]
    if gap == " ":
        return places
    return ["SpaceAfter=No" if not gap else f"SpacesAfter={_escaped(gap)}", *places]


def _escaped(blanks: str) -> str:
    return "".join(_BLANKS.get(blank, f"\\u{ord(blank):04x}") for blank in blanks)


def _value(text: str) -> str:
    """Return a text as a part of a value of the last column."""

    def escaped(match: re.Match[str]) -> str:
        return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))

    return _MEANING.sub(escaped, text)


def _entities(record: Record, words: Sequence[Token]) -> dict[int, str]:
    """Return the brackets of CorefUD at each word: those that close, then those that open."""
    mentions: dict[tuple[int, int, str], str] = {}
    for actor in record.actors:
        for mention in actor.mentions:
            within = _within(words, mention)
            # A mention is of one sentence there.
            within = [word for word in within if word.sent == within[0].sent]
            if within:
                head = within.index(_head(within)) + 1
                key = (within[0].i, within[-1].i, _value(actor.id))
                mentions.setdefault(key, f"({key[2]}-{_value(actor.kind or '')}-{head}")
    closing: dict[int, str] = defaultdict(str)
    opening: dict[int, str] = defaultdict(str)
    # Of brackets at one word, those of the longer mention are the outer ones.
    for key in sorted(mentions, key=lambda key: (key[0], -key[1])):
        opening[key[0]] += mentions[key] + (")" if key[0] == key[1] else "")
    for first, last, id_ in sorted(mentions, key=lambda key: (-key[0], key[1])):
        if first != last:
            closing[last] += f"{id_})"
    return {place: closing[place] + opening[place] for place in {**closing, **opening}}


def _events(record: Record, words: Sequence[Token]) -> dict[int, str]:
    """Return the events at the head of each anchor."""
    found: dict[int, list[str]] = defaultdict(list)
    for event in record.events:
        within = _within(words, event.anchor)
        if within:
            parts = (event.id, event.type, event.status)
            found[_head(within).i].append(":".join(map(_value, parts)))
    return {place: ",".join(events) for place, events in found.items()}


def _within(words: Sequence[Token], span: Span) -> list[Token]:
    """Return the words that share a character with a span."""
    if span.start == span.end:
        return []
    first = bisect_right(words, span.start, key=lambda word: word.idx + len(word))
    last = bisect_left(words, span.end, key=lambda word: word.idx)
    return list(words[first:last])


def _head(words: Sequence[Token]) -> Token:
    """Return the first word whose head is outside of these words, or none."""
    return next((w for w in words if w.head == w or w.head not in words), words[0])
