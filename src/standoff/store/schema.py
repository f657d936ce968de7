"""The tables of a store. `standoff.store.migrations` makes them; a test holds the two together.

    document ─┬─ publication        where the same text also stood
              ├─ record             what the machine read out of it, as it read it
              ├─ band               for finding near copies
              └─ account ─── dyad   an event as this document tells it; which sides it is between
                    │
    event ──────────┘               what happened, by all accounts of it
    actor · decision · tombstone

A document, its record and all that follows from it are written in one transaction.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

#: The migration that this version of Standoff reads and writes.
HEAD = "0001"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

document = Table(
    "document",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("title", Text),
    Column("published", Date, index=True),
    Column("url", Text),
    Column("publisher", Text),
    Column("language", String),
    Column("text", Text, nullable=False),
    Column("copy_of", Integer, ForeignKey("document.key"), index=True),
    Column("added", DateTime(timezone=True), nullable=False),
)

publication = Table(
    "publication",
    metadata,
    Column("document", Integer, ForeignKey("document.key"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", Text),
    Column("published", Date),
    Column("url", Text),
    Column("publisher", Text),
)

record = Table(
    "record",
    metadata,
    Column("document", Integer, ForeignKey("document.key"), primary_key=True, autoincrement=False),
    # JSON of the published format without the document, compressed with zlib.
    Column("json", LargeBinary, nullable=False),
    Column("model", String, index=True),  # "name version sha256"
    Column("software", String),
)

band = Table(
    "band",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Integer, ForeignKey("document.key"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
)

account = Table(
    "account",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("document", Integer, ForeignKey("document.key"), nullable=False, index=True),
    Column("event", Integer, ForeignKey("event.key"), nullable=False, index=True),
    Column("local", String),
    Column("type", String, nullable=False),
    Column("mode", String),
    Column("status", String, nullable=False),
    Column("aspect", String),
    Column("quad", SmallInteger),
    Column("start", Date),
    Column("end", Date),
    Column("day", Date),  # the first day, else that of the report
    Column("published", Date),
    Column("anchor_start", Integer, nullable=False),
    Column("anchor_end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("outlet", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("review", String, nullable=False),
    # Whether a human put it into its event, where no later reading may take it out again.
    Column("pinned", Boolean, nullable=False),
    Column("confidence", Float),
    Column("details", Text, nullable=False),  # JSON: what nothing is looked up by
    Index("ix_account_day", "day", "key"),
)

dyad = Table(
    "dyad",
    metadata,
    Column("a", String, primary_key=True),
    Column("b", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("account", Integer, ForeignKey("account.key"), primary_key=True, autoincrement=False),
    # Repeated here, so that a state of play "as then known" needs no look at what came later.
    Column("published", Date, nullable=False),
    # An act without a target counts between its doer and whom its document sets against him.
    Column("lone", Boolean, nullable=False),
    Index("ix_dyad_account", "account"),
    Index("ix_dyad_b_day", "b", "day", "account"),
    sqlite_with_rowid=False,
)

actor = Table(
    "actor",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("country", String),
    Column("sectors", Text, nullable=False),  # JSON
    Column("kind", String),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("subject", String, nullable=False, index=True),
    Column("action", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("why", Text),
    Column("changes", Text, nullable=False),  # JSON: field -> [before, after]
    Column("final", Boolean, nullable=False),
)

tombstone = Table(
    "tombstone",
    metadata,
    Column("id", String, primary_key=True),
    Column("successor", String),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
