"""One page on a dispute: what stands between parties on a day, every line with its sentences.

The words in quotation marks are the reports' own. Lines that the fewest would miss are left out
where a section is long, and their number is told.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from standoff.play import topics
from standoff.play.citing import Citations
from standoff.play.context import Context, Words
from standoff.play.giving import eases, is_show
from standoff.play.lines import Brief, Line, Note, Section
from standoff.play.model import Dispute, Matter, State, Version
from standoff.play.parties import Parties
from standoff.play.voices import Voices
from standoff.play.wording import capital, joined, plain_day, quoted, spoken
from standoff.record import Actor

#: Lines of a section, most; a brief is a page.
MOST = 6
#: Sections that tell of several sides, or quote, have more.
LONGER = {"Third parties": 10, "Said": 12}


def brief(
    state: State,
    actors: Mapping[str, Actor],
    context: Context | None = None,
    later: State | None = None,
) -> Brief:
    """Return the brief of a state of play.

    `context` gives what the newest reports say beside events: quotations, conditions, reasons,
    terms. `later` is the state on the same day with hindsight, of which what later reports
    changed is told.
    """
    return _Writer(state, actors, context or Context(()), later).brief()


class _Writer:
    def __init__(
        self, state: State, actors: Mapping[str, Actor], context: Context, later: State | None
    ) -> None:
        self._state = state
        self._context = context
        self._later = later
        self._parties = Parties.of(state.parties)
        self._sides = frozenset(self._parties.ids)
        self._voices = Voices(actors, self._parties)
        self._cited = Citations(context)
        self._told: set[str] = set()

    def brief(self) -> Brief:
        state = self._state
        sections = [
            self._section("Talks", self._talks()),
            self._section("Given", self._measures(gives=True)),
            self._section("Pressure", self._measures(gives=False)),
            self._section("Promises", self._claims("commitments")),
            self._section("Demands", self._claims("demands")),
            self._section("Threats", self._claims("threats")),
            self._section("Agreements", self._agreements()),
            self._section("Disputed accounts", self._disputes()),
            self._section("Conditions", self._conditions()),
            self._section("Third parties", self._third_parties()),
            self._section("Said", self._statements()),
            self._section("Balance", self._balance()),
            self._section("Known only later", self._known_later()),
        ]
        names = joined([capital(self._voices.party(party)) for party in state.parties])
        known = (
            "as then known"
            if state.known == state.on
            else "as known now"
            if state.known is None
            else f"as known on {plain_day(state.known)}"
        )
        return Brief(
            state.parties,
            state.on,
            state.known,
            f"{names}: the state of play on {plain_day(state.on)}, {known}",
            self._basis(),
            tuple(section for section in sections if section is not None),
            self._cited.all(),
        )

    def _basis(self) -> str:
        state = self._state
        return (
            f"{_count(state.accounts, 'account')} in {_count(state.documents, 'report')}, "
            f"{_count(state.outlets, 'independent source')}"
        )

    def _section(self, title: str, lines: Iterable[Callable[[], Line]]) -> Section | None:
        """Return a section of the first lines; a line is made, and cites, only if it is shown."""
        made = list(lines)
        if not made:
            return None
        most = LONGER.get(title, MOST)
        return Section(title, tuple(make() for make in made[:most]), max(0, len(made) - most))

    # ---------------------------------------------------------------- matters

    def _mine(self, matter: Matter) -> bool:
        """Tell whether a matter is between the parties, or of one of them alone.

        Drills with an ally, and their end, are meant for the other side.
        """
        there = self._both(matter)
        if matter.kind == "measures" and is_show(matter.deciding.account) and there & self._sides:
            return True
        return len(there & self._sides) > 1 or (there <= self._sides and bool(there))

    def _both(self, matter: Matter) -> frozenset[str]:
        return self._parties.sides((*matter.source, *matter.target))

    def _talks(self) -> list[Callable[[], Line]]:
        meetings = [
            m
            for m in self._state.of("talks")
            if self._mine(m) and len(self._both(m)) > 1 and m.state != "overtaken"
        ]
        ahead = ("scheduled", "proposed", "postponed")
        meetings.sort(key=lambda m: _newest(m), reverse=True)
        meetings.sort(key=lambda m: m.state not in ahead or _is_past(m, self._state.on))
        return [partial(self._talk, m) for m in meetings]

    def _talk(self, matter: Matter) -> Line:
        people = self._voices.people((*matter.source, *matter.target))
        self._cited.account(matter.quoted)
        where = next((a.place for a in matter.accounts if a.place), None)
        parts = [people, where, spoken(matter.day, matter.until)]
        notes = [note for dispute in self._disputes_of(matter) for note in self._versions(dispute)]
        if matter.state in ("called off", "postponed"):
            notes += self._reasons(matter)
        state = matter.state
        if state == "scheduled" and _is_past(matter, self._state.on):
            state = "scheduled, and no report that they were held"
        return self._line(
            f"{capital(state)}: {', '.join(part for part in parts if part)}", matter, notes
        )

    def _measures(self, *, gives: bool) -> list[Callable[[], Line]]:
        found = [m for m in self._state.of("measures") if self._mine(m) and eases(m) is gives]
        found.sort(key=_newest, reverse=True)
        return [partial(self._measure, m) for m in found]

    def _measure(self, matter: Matter) -> Line:
        dated = any(step.dated for step in matter.steps)
        since = spoken(matter.day, matter.until) if dated else ""
        if since and matter.state in ("in force", "resumed"):
            since = f"since {plain_day(matter.day)}" if matter.day else ""
        when = f"{matter.state} {since}".rstrip()
        counted = [q.span.text for account in matter.accounts for q in account.quantity]
        if counted:
            when += f" ({', '.join(dict.fromkeys(counted))})"
        return self._line(f"{self._who(matter)}: {self._quote(matter)}, {when}", matter)

    def _claims(self, kind: str) -> list[Callable[[], Line]]:
        found = [m for m in self._state.matters if m.kind == kind and self._mine(m)]
        found.sort(key=_newest, reverse=True)
        found.sort(key=lambda m: m.state not in ("open", "standing", "overdue"))
        return [partial(self._claim, m) for m in found]

    def _claim(self, matter: Matter) -> Line:
        state = matter.state
        if matter.kind == "commitments" and state in ("open", "overdue") and matter.day:
            state += f", due {spoken(None, matter.day).replace('until', 'by')}"
        elif state in ("open", "standing") and matter.deciding.dated:
            account = matter.deciding.account
            state += f", made {spoken(account.start, account.end)}"
        elif matter.day and any(step.dated for step in matter.steps):
            state += f" {spoken(matter.day)}"
        return self._line(f"{self._who(matter)}: {self._quote(matter)}, {state}", matter)

    def _agreements(self) -> list[Callable[[], Line]]:
        found = [m for m in self._state.of("agreements") if self._mine(m)]
        found.sort(key=_newest, reverse=True)
        return [partial(self._agreement, m) for m in found]

    def _agreement(self, matter: Matter) -> Line:
        signed = next((step.account for step in matter.steps if step.dated), None)
        when = f", made {spoken(signed.start, signed.end)}" if signed else ""
        terms = [
            Note(f"terms: {quoted(words.span.text, 220)}", (self._cited.words(words),))
            for words in self._context.terms(matter.accounts)
        ]
        text = f"{self._voices.people(matter.source)}: {self._quote(matter)}, {matter.state}{when}"
        return self._line(text, matter, terms)

    def _third_parties(self) -> list[Callable[[], Line]]:
        found = [
            m
            for m in self._state.matters
            if not self._mine(m)
            and (self._both(m) & self._sides)
            and (m.kind != "talks" or len(self._both(m)) > 1)
        ]
        found.sort(key=_newest, reverse=True)
        return [partial(self._third, m) for m in found]

    def _third(self, matter: Matter) -> Line:
        if matter.kind == "talks":
            return self._talk(matter)
        if matter.kind == "measures":
            return self._measure(matter)
        return self._agreement(matter) if matter.kind == "agreements" else self._claim(matter)

    # ---------------------------------------------------------------- accounts that differ

    def _disputes_of(self, matter: Matter) -> list[Dispute]:
        events = {account.event for account in matter.accounts}
        found = [d for d in self._state.disputes if d.about.event in events]
        self._told |= {dispute.about.id for dispute in found}
        return found

    def _disputes(self) -> list[Callable[[], Line]]:
        left = [d for d in self._state.disputes if d.about.id not in self._told]
        left.sort(key=lambda d: str(d.about.published or ""), reverse=True)
        return [partial(self._dispute, d) for d in left]

    def _dispute(self, dispute: Dispute) -> Line:
        account = dispute.about
        what = quoted(topics.phrase(account))
        return Line(
            f"{capital(self._voices.towards(account.source, account.target))}: {what}",
            (self._cited.account(account),),
            tuple(self._versions(dispute)),
        )

    def _versions(self, dispute: Dispute) -> list[Note]:
        return [
            Note(self._version(version), (self._cited.account(version.account, version),))
            for version in dispute.versions
        ]

    def _version(self, version: Version) -> str:
        telling = version.telling
        if telling is not None and version.denier is not None:
            who = self._voices.speaker(telling.speaker, telling.words, telling.via)
            words = telling.content.text
            return f"denied by {who}" + (f": {quoted(words)}" if len(words.split()) > 2 else "")
        if telling is not None:
            who = self._voices.speaker(telling.speaker, telling.words, telling.via)
            return f"by one account: {quoted(telling.content.text)}, {who}"
        account = version.account
        if version.denier is not None:
            return f"denied by {self._voices.speaker(version.denier, version.denier, None)}"
        asserting = [link for link in account.said_by if link.stance in ("asserts", "reports")]
        sayers = self._voices.sayers(asserting) or "by the report itself"
        return f"{version.claim}, {sayers}"

    def _reasons(self, matter: Matter) -> list[Note]:
        return [
            Note(
                f"reason given: {quoted(reason.span.text)}, "
                + self._voices.speaker(reason.speaker, reason.words, reason.via),
                (self._cited.words(reason),),
            )
            for reason in self._context.reasons(matter.accounts)
        ]

    # ---------------------------------------------------------------- beside events

    def _conditions(self) -> list[Callable[[], Line]]:
        shown = {m.condition.condition.text for m in self._state.matters if m.condition}
        found = self._context.conditions(self._parties)
        return [partial(self._condition, words) for words in found if words.other not in shown]

    def _condition(self, words: Words) -> Line:
        who = capital(self._voices.speaker(words.speaker, words.words, None))
        tied = f"{quoted(words.span.text)} {words.cue} {quoted(words.other or '')}"
        return Line(f"{who}: {tied}", (self._cited.words(words),))

    def _statements(self) -> list[Callable[[], Line]]:
        found = self._context.statements(self._parties)
        return [partial(self._statement, words) for words in found]

    def _statement(self, words: Words) -> Line:
        who = capital(self._voices.speaker(words.speaker, words.words, words.via))
        to = self._voices.addressee(words.other)
        return Line(f"{who}{to}: {quoted(words.span.text, 200)}", (self._cited.words(words),))

    def _balance(self) -> list[Callable[[], Line]]:
        if not self._state.accounts:
            return []  # zeros would look like a finding
        held_by = self._parties.ids
        lines: list[Callable[[], Line]] = [partial(self._side, side) for side in held_by]
        broken = [m for m in self._state.of("talks") if m.state == "broken off" and self._mine(m)]
        held = any(self._mine(m) for m in self._state.of("talks"))
        if held and not broken:
            lines.append(partial(Line, "No report says that either side has broken off the talks"))
        value = self._state.balance.reciprocity
        if value is not None:
            together = "The two sides' moves go together from period to period by"
            lines.append(partial(Line, f"{together} {value:+.2f} (Pearson's correlation)"))
        return lines

    def _side(self, side: str) -> Line:
        moves = [move for move in self._state.balance.moves if move.side == side]
        parts = []
        for word, gives in (("gave", True), ("took or pressed", False)):
            mine = [move for move in moves if move.gives is gives]
            material = sum(move.material for move in mine)
            parts.append(f"{word} {material} in deeds and {len(mine) - material} in words")
        deeds = [move.account for move in moves if move.material]
        cited = tuple(dict.fromkeys(self._cited.account(account) for account in deeds[-MOST:]))
        return Line(f"{capital(self._voices.party(side))} {'; '.join(parts)}", cited)

    def _known_later(self) -> list[Callable[[], Line]]:
        if self._later is None:
            return []
        known = {(m.kind, m.state, _events(m)) for m in self._state.matters}
        changed = [
            m
            for m in self._later.matters
            if self._mine(m)
            and (m.kind, m.state, _events(m)) not in known
            and _published(m) > self._state.on
            and m.deciding.dated
        ]
        changed.sort(key=_published)
        return [partial(self._third, m) for m in changed]

    # ---------------------------------------------------------------- words and citations

    def _line(self, text: str, matter: Matter, notes: Sequence[Note] = ()) -> Line:
        deciding = matter.deciding.account
        told = [
            matter.quoted,
            deciding,
            *(a for a in reversed(matter.accounts) if a.event != deciding.event),
        ]
        cited = tuple(dict.fromkeys(self._cited.account(account) for account in told[:3]))
        tie = matter.condition
        ties = [] if tie is None else [Note(f"{tie.relation} {quoted(tie.condition.text)}")]
        sayers = self._voices.sayers(deciding.said_by, besides=matter.source)
        says = [Note(sayers)] if sayers and not notes else []
        if matter.outlets > 1:
            says.append(Note(f"{matter.outlets} independent sources"))
        return Line(capital(text), cited, (*notes, *ties, *says))

    def _quote(self, matter: Matter) -> str:
        return quoted(topics.phrase(matter.quoted))

    def _who(self, matter: Matter) -> str:
        return self._voices.towards(matter.source, matter.target)


def _newest(matter: Matter) -> tuple[datetime.date, datetime.date]:
    day = matter.day or datetime.date.min
    return max((a.published or datetime.date.min for a in matter.accounts), default=day), day


def _published(matter: Matter) -> datetime.date:
    return matter.deciding.account.published or datetime.date.min


def _events(matter: Matter) -> frozenset[str]:
    return frozenset(account.event for account in matter.accounts)


def _is_past(matter: Matter, on: datetime.date) -> bool:
    return matter.day is not None and (matter.until or matter.day) < on


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
