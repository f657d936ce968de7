"""Two coders who decide on the same accounts at the same time, each in a process of their own."""

from __future__ import annotations

from standoff.store import Decision, Filter, Store
from tests.store.coders import decide_at_once
from tests.store.reports import report, told

COUNT = 150
NAMES = ("Anna", "Ben")


def test_all_decisions_of_two_at_once_stand_and_the_last_one_shows(address: str) -> None:
    text = "Iceland boarded a British trawler, towed another one and warned a third."
    with Store.create(address) as store:
        store.add(
            report(text, *(told("COERCE", w, "ISL", "GBR") for w in ("boarded", "towed", "warned")))
        )
        ids = [account.id for account in store.accounts(Filter())]

    decide_at_once(address, NAMES, ids, COUNT)

    with Store.open(address) as store:
        histories = {id_: store.history(id_) for id_ in ids}
        made = sorted((d for each in histories.values() for d in each), key=lambda d: d.number)
        assert len({decision.number for decision in made}) == len(made) == 2 * COUNT
        for by in NAMES:
            assert_in_order([decision for decision in made if decision.by == by], ids)
        # They did decide at the same time.
        rounds = [{made[k].by, made[k + 1].by} for k in range(0, len(made), 2)]
        assert rounds == [set(NAMES)] * COUNT
        for id_, decisions in histories.items():
            corrected = [d.changes["place"] for d in decisions if d.action == "correct"]
            # Each saw what the one before had left: none was written over another unseen.
            assert [before for before, _ in corrected] == [None, *(to for _, to in corrected[:-1])]
            now = store.account(id_)
            assert now.place == corrected[-1][1]
            state = {"correct": "corrected", "reject": "rejected", "restore": "open"}
            assert now.review == state[decisions[-1].action]
        assert store.status().decisions == 2 * COUNT
        assert store.problems() == []


def assert_in_order(made: list[Decision], ids: list[str]) -> None:
    """Check that a coder's decisions are those that the process took, in its order."""
    assert [decision.subject for decision in made] == [ids[k % len(ids)] for k in range(COUNT)]
    assert [decision.at for decision in made] == sorted(decision.at for decision in made)
    for number, decision in enumerate(made):
        if decision.action == "correct":
            assert decision.changes["place"][1] == f"{decision.by} {number}"
        else:
            assert decision.action == ("reject" if number % 20 == 9 else "restore")
            assert number % 10 == 9
