"""The first store: all tables, and full-text search over documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables as they were in version 0001, whatever `schema` says today."""
    _documents()
    _events()
    op.create_table(
        "actor",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("country", sa.String),
        sa.Column("sectors", sa.Text, nullable=False),
        sa.Column("kind", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_actor"),
    )
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("final", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_decision"),
    )
    op.create_index("ix_decision_subject", "decision", ["subject"])
    op.create_table(
        "tombstone",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("successor", sa.String),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tombstone"),
    )
    _search()


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("key", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("language", sa.String),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("copy_of", sa.Integer),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_document"),
        sa.UniqueConstraint("id", name="uq_document_id"),
        sa.ForeignKeyConstraint(["copy_of"], ["document.key"], "fk_document_copy_of_document"),
    )
    op.create_index("ix_document_published", "document", ["published"])
    op.create_index("ix_document_copy_of", "document", ["copy_of"])
    op.create_table(
        "publication",
        sa.Column("document", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("title", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.PrimaryKeyConstraint("document", "number", name="pk_publication"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], "fk_publication_document_document"),
    )
    op.create_table(
        "record",
        sa.Column("document", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("json", sa.LargeBinary, nullable=False),
        sa.Column("model", sa.String),
        sa.Column("software", sa.String),
        sa.PrimaryKeyConstraint("document", name="pk_record"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], "fk_record_document_document"),
    )
    op.create_index("ix_record_model", "record", ["model"])
    op.create_table(
        "band",
        sa.Column("hash", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("document", sa.Integer, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("hash", "document", name="pk_band"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], "fk_band_document_document"),
        sqlite_with_rowid=False,
    )


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("key", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("id", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_event"),
        sa.UniqueConstraint("id", name="uq_event_id"),
    )
    op.create_table(
        "account",
        sa.Column("key", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("document", sa.Integer, nullable=False),
        sa.Column("event", sa.Integer, nullable=False),
        sa.Column("local", sa.String),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("mode", sa.String),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("aspect", sa.String),
        sa.Column("quad", sa.SmallInteger),
        sa.Column("start", sa.Date),
        sa.Column("end", sa.Date),
        sa.Column("day", sa.Date),
        sa.Column("published", sa.Date),
        sa.Column("anchor_start", sa.Integer, nullable=False),
        sa.Column("anchor_end", sa.Integer, nullable=False),
        sa.Column("sentence_start", sa.Integer, nullable=False),
        sa.Column("sentence_end", sa.Integer, nullable=False),
        sa.Column("outlet", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("review", sa.String, nullable=False),
        sa.Column("pinned", sa.Boolean, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Column("details", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_account"),
        sa.UniqueConstraint("id", name="uq_account_id"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], "fk_account_document_document"),
        sa.ForeignKeyConstraint(["event"], ["event.key"], "fk_account_event_event"),
    )
    op.create_index("ix_account_document", "account", ["document"])
    op.create_index("ix_account_event", "account", ["event"])
    op.create_index("ix_account_day", "account", ["day", "key"])
    op.create_table(
        "dyad",
        sa.Column("a", sa.String, nullable=False),
        sa.Column("b", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("account", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("published", sa.Date, nullable=False),
        sa.Column("lone", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("a", "b", "day", "account", name="pk_dyad"),
        sa.ForeignKeyConstraint(["account"], ["account.key"], "fk_dyad_account_account"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_dyad_account", "dyad", ["account"])
    op.create_index("ix_dyad_b_day", "dyad", ["b", "day", "account"])


def _search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE document_search USING fts5(title, text, content='document', "
            "content_rowid='key', tokenize='porter unicode61 remove_diacritics 2')"
        )
        row = "(rowid, title, text) VALUES ({0}.key, {0}.title, {0}.text)"
        gone = (
            "(document_search, rowid, title, text) VALUES ('delete', old.key, old.title, old.text)"
        )
        op.execute(
            "CREATE TRIGGER document_search_insert AFTER INSERT ON document BEGIN "
            f"INSERT INTO document_search {row.format('new')}; END"
        )
        op.execute(
            "CREATE TRIGGER document_search_delete AFTER DELETE ON document BEGIN "
            f"INSERT INTO document_search {gone}; END"
        )
        op.execute(
            "CREATE TRIGGER document_search_update AFTER UPDATE OF title, text ON document BEGIN "
            f"INSERT INTO document_search {gone}; "
            f"INSERT INTO document_search {row.format('new')}; END"
        )
        return
    # A tsvector holds a megabyte at most. A character takes up to four bytes, twice over in words
    # with hyphens; 100,000 of them cannot fill it, whatever they are.
    op.execute(
        "ALTER TABLE document ADD COLUMN search tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('english', left(coalesce(title, ''), 10000)), 'A') || "
        "to_tsvector('english', left(text, 100000))) STORED"
    )
    op.execute("CREATE INDEX ix_document_search ON document USING gin (search)")
