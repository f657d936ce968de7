"""The record kept: documents, what they tell, and what happened by all accounts.

>>> from standoff.store import Store
>>> with Store.create("talks.db") as store:  # doctest: +SKIP
...     store.add(standoff.read(Path("report.txt")))
'added'
"""

from standoff.store.between import Filter, Page
from standoff.store.deciding import Coder
from standoff.store.model import Account, Decision, Publication, StoredDocument, StoredEvent
from standoff.store.store import Store

__all__ = [
    "Account",
    "Coder",
    "Decision",
    "Filter",
    "Page",
    "Publication",
    "Store",
    "StoredDocument",
    "StoredEvent",
]
