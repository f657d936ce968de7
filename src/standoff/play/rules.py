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
    lone: bool | None = None
    told: bool = False
    anchor: re.Pattern[str] | None = None
    sentence: re.Pattern[str] | None = None

    def fits(self, account: Account) -> bool:
        """Tell whether the rule says something of an account."""
        return (
            all((getattr(account, name) or "") in allowed for name, allowed in self.values)
            and (not self.contexts or not self.contexts.isdisjoint(account.contexts))
            and (self.mutual is None or is_mutual(account) is self.mutual)
            and (self.lone is None or (not account.target) is self.lone)
            and (self.anchor is None or bool(self.anchor.search(account.anchor.text)))
            and (self.sentence is None or bool(self.sentence.search(account.sentence_text)))
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
        entry.get("lone"),
        entry.get("told", False),
        pattern("anchor"),
        pattern("sentence"),
    )
