"""What somebody said: who, by which cue, the spans of what was said, to whom and through whom.

The encoder's attribution head finds them. What it leaves out, above all accounts inside of
accounts, which its training set does not mark, is taken from quotations and from clauses that a
speech verb governs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from spacy.tokens import Span as Words
from spacy.tokens import Token

from standoff import times
from standoff.coding import attribution, clauses
from standoff.coding.lexicon import lexicon
from standoff.coding.quotations import MIN_WORDS, Quotation
from standoff.coding.reading import FIRST_PERSON, Reading
from standoff.language.quotations import CLOSE, OPEN, STRAIGHT
from standoff.record import Span, Statement, StatementKind

Range = tuple[int, int]

#: Prepositions that introduce what is said rather than when or why.
_OF_WHAT = frozenset({"against", "of", "about"})


@attrs.frozen(eq=False)
class Account:
    """A statement in tokens: its cue, the words for its speaker and the ranges of its content.

    `subject` is the noun that names the speaker, None where nobody is named.
    """

    cue: Words
    subject: Token | None
    ranges: tuple[Range, ...]
    speaker: Words | None


def statements(reading: Reading) -> list[Statement]:
    """Return the statements of a document in text order."""
    tagged = list(_tagged(reading))
    accounts = [*tagged, *(a for a in _governed(reading) if not _is_told(a, tagged))]
    accounts.sort(key=lambda account: account.cue.start)
    found: list[Statement] = []
    for account in accounts:
        statement = _statement(reading, account)
        if statement.speaker is None and _takes_up(account.subject) and found:
            statement = attrs.evolve(statement, speaker=found[-1].speaker)
        found.append(attrs.evolve(statement, id=f"s{len(found) + 1}"))
    return found


def _takes_up(subject: Token | None) -> bool:
    """Tell whether a speaker is the statement before: "The statement added"."""
    return (
        subject is not None
        and subject.pos_ == "NOUN"
        and lexicon().stance(subject) is not None
        and any(child.lower_ in {"the", "this", "that"} for child in subject.children)
    )


def _tagged(reading: Reading) -> Iterator[Account]:
    """Yield what the attribution head found and a speech cue, or a quotation, bears out.

    Attitudes ("wants", "focuses on") are attributions too, but nobody has said anything.
    """
    for each in reading.doc._.attributions:
        ranges = _merged([_trimmed(content) for content in each.contents])
        cue = _core(each.cue)
        if not (attribution.is_speech(cue) or _holds_quotation(reading, ranges)):
            continue
        speaker = each.source
        subject = attribution.named(speaker) if speaker is not None else None
        own = _own_subject(cue.root)
        if subject is None:
            subject = own
        elif own is not None and own != subject and own.is_ancestor(subject):
            # "A *statement* published by KCNA said": the outlet is in the source, not the source.
            subject, speaker = own, attribution.phrase(own)
        yield Account(cue, subject, ranges, speaker)


def _own_subject(cue: Token) -> Token | None:
    """Return the noun that does what an active verb says, None where there is none."""
    if cue.pos_ != "VERB" or clauses.is_passive(cue):
        return None
    return clauses.speaker(cue)


def _core(cue: Words) -> Words:
    """Return a cue without the marks and blanks at its ends ("said:")."""
    start, end = _trimmed(cue)
    return cue.doc[start:end]


def _holds_quotation(reading: Reading, ranges: Iterable[Range]) -> bool:
    return any(
        start <= quotation.start < end
        for quotation in reading.quotations
        if quotation.end - quotation.start >= MIN_WORDS
        for start, end in ranges
    )


def _governed(reading: Reading) -> Iterator[Account]:
    """Yield what quotations, and clauses under a speech verb, tell."""
    quoted: dict[int, list[Quotation]] = {}
    for quotation in reading.quotations:
        if quotation.cue is not None and quotation.end - quotation.start >= MIN_WORDS:
            quoted.setdefault(quotation.cue.i, []).append(quotation)
    for cue in _cues(reading, set(quoted)):
        subject = clauses.speaker(cue)
        ranges = _content(cue, quoted.get(cue.i, []))
        words = reading.doc[cue.i : cue.i + 1]
        if subject is not None and ranges and subject.text not in FIRST_PERSON:
            yield Account(words, subject, ranges, attribution.phrase(subject))
        elif ranges and clauses.is_passive(cue) and clauses.children(cue, "expl"):
            # "It was said that …": somebody said it, and nobody is named.
            yield Account(words, None, ranges, None)


def _is_told(account: Account, tagged: Iterable[Account]) -> bool:
    """Tell whether the head has this account: by its cue, or its words by another cue."""
    cue = account.cue.root.i
    for other in tagged:
        if other.cue.start <= cue < other.cue.end:
            return True
        inside = any(start <= cue < end for start, end in other.ranges)
        if not inside and all(
            any(start <= first and last <= end for start, end in other.ranges)
            for first, last in account.ranges
        ):
            return True
    return False


def _cues(reading: Reading, quoted: set[int]) -> Iterator[Token]:
    for token in reading.doc:
        if token.i in quoted or (
            token.pos_ == "VERB"
            and lexicon().stance(token)
            and (_told(token) or (token.dep_ == "parataxis" and clauses.subject(token) is not None))
        ):
            yield token


def _told(cue: Token) -> list[Token]:
    """Return what a speech verb governs that was said.

    "said *that …*", "warned *against doing …*"; what is its speaker's own: "voiced *his anger*".
    """
    return [
        *clauses.children(cue, "ccomp"),
        *_beside(cue),
        *(clauses.children(cue, "csubj:pass") if clauses.children(cue, "expl") else ()),
        *(c for c in clauses.children(cue, "advcl") if clauses.cases(c) & _OF_WHAT),
        *(
            noun
            for noun in clauses.children(cue, "obj")
            if any(c.pos_ == "PRON" for c in clauses.children(noun, "nmod:poss"))
        ),
    ]


def _beside(cue: Token) -> list[Token]:
    """Return the clause right behind a cue that a parser's slip hangs on the verb above both.

    "While Oslo *said* the talks were *delayed*, Riga called them dead."
    """
    if cue.dep_ != "advcl":
        return []
    return [
        clause
        for clause in clauses.children(cue.head, "advcl")
        if clause.left_edge.i == cue.i + 1
        and not clauses.cases(clause)
        and any(child.dep_ in clauses.SUBJECTS for child in clause.children)
    ]


def _said(told: Token) -> list[int]:
    """Return the words of what was said, without those to whom ("his anger *to the minister*")."""
    to = _receivers(told) if told.dep_ == "obj" else []
    left_out = {t.i for noun in to for t in noun.subtree}
    return sorted(t.i for t in told.subtree if not t.is_space and t.i not in left_out)


def _receivers(noun: Token) -> list[Token]:
    return [child for child in clauses.children(noun, "nmod") if "to" in clauses.cases(child)]


def _content(cue: Token, quoted: list[Quotation]) -> tuple[Range, ...]:
    """Return token ranges of what was said: the clause, and quotations outside of it."""
    ranges = [
        _trimmed(cue.doc[words[0] : words[-1] + 1])
        for clause in _told(cue)
        if (words := _said(clause))
    ]
    if not ranges and cue.dep_ == "parataxis" and not quoted:
        inside = {t.i for t in cue.subtree}
        words = [t.i for t in cue.head.subtree if t.i not in inside and not t.is_space]
        if words:
            ranges.append((min(words), max(words) + 1))
    for quotation in quoted:
        first, last = _trimmed(cue.doc[quotation.start : quotation.end])
        if not any(start <= first and last <= end for start, end in ranges):
            ranges.append((first, last))
    return _merged(ranges)


def _trimmed(words: Words) -> Range:
    """Return the range of some words without the marks and blanks at its ends.

    What belongs to the words stays: a question mark, a full stop that is part of "U.S.", the
    second of two quotation marks ("it was “deeply concerned”").
    """
    start, end = words.start, words.end
    while end - start > 1 and _is_edge(words.doc[end - 1]):
        end -= 1
    while end - start > 1 and _is_edge(words.doc[start]):
        start += 1
    first, last = start, end
    for opener, closer in _pairs(words):
        if start <= opener < end <= closer:
            last = closer + 1
        if opener < start <= closer < end:
            first = opener
    return first, last


def _pairs(words: Words) -> Iterator[tuple[int, int]]:
    """Yield where the quotations that open and close within some words do so."""
    opener: int | None = None
    for token in words:
        if opener is not None and token.text in CLOSE | STRAIGHT:
            yield opener, token.i
            opener = None
        elif opener is None and token.text in OPEN | STRAIGHT:
            opener = token.i


def _is_edge(token: Token) -> bool:
    return token.is_space or (token.is_punct and token.text not in {"?", "!", "…", "..."})


def _merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _statement(reading: Reading, account: Account) -> Statement:
    cue, subject = account.cue.root, account.subject
    speaker = attribution.speaker(reading, subject) if subject is not None else None
    if speaker is None and account.speaker is not None:
        speaker = _named_in(reading, account.speaker)
    via = attribution.via(reading, cue, subject, account.ranges, speaker)
    mention = times.attach(reading.doc, reading.times, cue.i)
    return Statement(
        id="",
        speaker=speaker,
        speaker_span=_span(reading, account.speaker) if account.speaker is not None else None,
        cue=_span(reading, account.cue),
        content=tuple(_span(reading, reading.doc[a:b]) for a, b in account.ranges),
        kind=_kind(reading, account.ranges),
        addressee=_addressee(reading, cue, {speaker, via}),
        via=via,
        time=mention.time.interval if mention else None,
    )


def _named_in(reading: Reading, source: Words) -> str | None:
    """Return the first actor that a source names, outlets last, where its parse shows none."""
    named = [id_ for token in source for id_ in reading.own(token)]
    return next((id_ for id_ in named if not id_.startswith("MEDIA")), next(iter(named), None))


def _span(reading: Reading, words: Words) -> Span:
    return reading.document.span(words.start_char, words.end_char)


def _kind(reading: Reading, ranges: Iterable[Range]) -> StatementKind:
    """Return how it is reported: word for word, in the reporter's words, or in both."""
    inside = {
        i for q in reading.quotations if q.end - q.start >= MIN_WORDS for i in range(q.start, q.end)
    }
    words = [t.i for a, b in ranges for t in reading.doc[a:b] if t.is_alpha]
    share = sum(i in inside for i in words) / len(words) if words else 0.0
    if share > 0.95:
        return "direct"
    return "mixed" if share > 0 else "indirect"


def _addressee(reading: Reading, cue: Token, taken: set[str | None]) -> str | None:
    """Return whom it was said to: "told the envoys", "said to Iran"; not the outlet it went to."""
    for child in cue.children:
        to = [child, *_receivers(child)] if child.dep_ in {"obj", "iobj"} else []
        if child.dep_ == "obl" and "to" in clauses.cases(child):
            to = [child]
        for noun in to:
            for id_ in reading.parties(noun, through=False):
                if id_ not in taken:
                    return id_
    return None
