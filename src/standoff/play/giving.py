"""What counts as given, and what as taken or pressed: of single events, and of measures as they
stand.

What one takes back of one's own pressure is given; what one takes back of one's own gifts is taken.
Exercises with an ally press the other side, and their end eases it.
"""

from __future__ import annotations

from collections.abc import Collection

from standoff.play.model import Matter
from standoff.store.model import Account

_GIVING = frozenset({"CONCEDE", "RETREAT", "AID", "SUPPORT", "COOPERATE", "AGREE"})
_TAKING = frozenset({"SANCTION", "COERCE", "MOBILIZE", "ASSAULT", "PROTEST", "THREATEN", "REJECT"})
_UNDONE = frozenset({"suspended", "ended"})
#: Taking back what one gave is no gift, whatever the word's own type: suspended aid, ended work.
_TAKEN_BACK = frozenset({"AID", "COOPERATE", "SUPPORT", "AGREE"})
_UNDOING = frozenset({"ended", "suspended", "halted", "lifted", "eased"})


def is_show(account: Account) -> bool:
    """Tell whether an event is a show of force, or the end of one, with whomever it is held."""
    shows = account.type in ("MOBILIZE", "COOPERATE") or (
        account.type == "RETREAT" and account.aspect is not None
    )
    return shows and "military" in account.contexts


def gives_to(account: Account, towards: Collection[str]) -> bool | None:
    """Tell whether an event gives the other side something, or takes it; None where neither."""
    if account.target and not towards:
        # What is done with a third party is no gift to the other; drills with it press him.
        if account.type == "COOPERATE" and is_show(account):
            return account.status == "ended" or account.aspect in _UNDONE
        if account.type not in ("RETREAT", "MOBILIZE"):
            return None
    undone = account.status == "ended" or account.aspect in _UNDONE
    if account.type in ("CONCEDE", "RETREAT"):
        return True
    if account.type in _TAKEN_BACK:
        return not undone
    if account.type == "SANCTION":
        # What is suspended or ended is what the other side had: aid, recognition.
        return account.status == "ended"
    if account.type in _TAKING:
        return undone
    return True if account.type in _GIVING else None


def eases(measure: Matter) -> bool:
    """Tell whether a measure as it stands eases the other side."""
    account = measure.deciding.account
    if account.type in ("CONCEDE", "RETREAT"):
        return True
    if account.type == "SANCTION":
        return account.status == "ended"
    helps = account.type in _GIVING and not is_show(account)
    return helps is not (measure.state in _UNDOING)
