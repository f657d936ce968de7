"""The rules that say what an account means for the state of play, read from ``data/rules.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import attrs

from standoff.play.model import KINDS, Kind, Step
from standoff.store.model import Account

_LISTS = ("type", "mode", "status", "aspect")


@attrs.frozen
class Rule:
    """One rule: what an account must be, and the state that it then tells of."""

    kind: Kind
    state: str
    values: tuple[tuple[str, frozenset[str]], ...] = ()
    contexts: frozenset[str] = frozenset()
    mutual: bool | None = None
    told: bool = False
    asserted: bool = False
    anchor: re.Pattern[str] | None = None
    sentence: re.Pattern[str] | None = None

    def fits(self, account: Account) -> bool:
        """Tell whether the rule says something of an account."""
        return (
            all((getattr(account, name) or "") in allowed for name, allowed in self.values)
            and (not self.contexts or not self.contexts.isdisjoint(account.contexts))
            and (self.mutual is None or is_mutual(account) is self.mutual)
            and (self.anchor is None or bool(self.anchor.search(account.anchor.text)))
            and (self.sentence is None or self._says(account))
        )

    def _says(self, account: Account) -> bool:
        """Tell whether the sentence matches; of what must be asserted, without a no or a wish."""
        text = account.sentence_text[:_LONGEST]
        assert self.sentence is not None
        for match in self.sentence.finditer(text):
            if not self.asserted:
                return True
            if account.status == "denied" or _NOT.search(match[0]):
                continue
            if not _UNREAL.search(text[max(0, match.start() - _BEFORE) : match.start()]):
                return True
        return False


#: Characters of a sentence that expressions look through: nobody writes longer ones.
_LONGEST = 2000
#: "Did not keep its promise", "promised to keep its word", "will end all talks" say nothing of the
#: kind; words before an expression are looked at so far.
_BEFORE = 40
_NOT = re.compile(r"\b(not|never|no)\b|n[’']t\b", re.IGNORECASE)
_UNREAL = re.compile(
    r"(\b(not|never|without|will|would|may|might|could|should|can|to)|n[’']t)\W+(\w+ly\W+)?$",
    re.IGNORECASE,
)


def steps(account: Account) -> Iterator[Step]:
    """Yield what an account says of the state of play: at most one step of each kind."""
    for kind in KINDS:
        rule = next((rule for rule in _rules(kind) if rule.fits(account)), None)
        if rule is not None:
            day = account.published if rule.told else account.day
            dated = account.start is not None and not rule.told
            yield Step(kind, rule.state, account, day or account.day, dated)


def is_mutual(account: Account) -> bool:
    """Tell whether all parties stand on both sides, as in talks and agreements."""
    if len(account.source) < 2:
        return False
    # "The three countries signed the declaration" names nobody else.
    alone = not account.target and account.type in _TOGETHER
    return alone or set(account.source) == set(account.target)


_TOGETHER = frozenset({"AGREE", "SUPPORT", "CONSULT", "COOPERATE"})


@cache
def table(name: str) -> Any:
    """Return a table of the file of rules."""
    text = (resources.files("standoff.play") / "data/rules.toml").read_text("utf-8")
    return tomllib.loads(text)[name]


@cache
def _rules(kind: Kind) -> tuple[Rule, ...]:
    return tuple(_rule(kind, entry) for entry in table(kind))


def _rule(kind: Kind, entry: dict[str, Any]) -> Rule:
    def pattern(name: str) -> re.Pattern[str] | None:
        return re.compile(entry[name], re.IGNORECASE | re.DOTALL) if name in entry else None

    return Rule(
        kind,
        entry["state"],
        tuple((name, frozenset(entry[name])) for name in _LISTS if name in entry),
        frozenset(entry.get("context", ())),
        entry.get("mutual"),
        entry.get("told", False),
        entry.get("asserted", False),
        pattern("anchor"),
        pattern("sentence"),
    )
