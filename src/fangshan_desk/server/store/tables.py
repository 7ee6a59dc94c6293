"""Today's tables; every key starts with the county, so that a city can split them by it.

Times are UTC milliseconds, devices their 16 bytes. No serial number is ever a reader's place in the log.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

LOG_TABLES = ("changeset", "changeset_part", "receipt", "quarantine", "decision", "event")
"""Rows of these are written once; the database itself refuses to change or delete them."""


def _table(name: str, keys: str, *columns: "Column[object]") -> Table:
    kinds = {"county": Text, "id": Text, "tno": Integer, "row_id": Text, "day": Text}
    kinds |= {"device": LargeBinary, "sha256": LargeBinary, "secret_hash": LargeBinary}
    key_columns: list[Column[object]] = [
        # SQLite would count up a lone integer key by itself.
        Column(key, kinds.get(key, BigInteger), primary_key=True, autoincrement=False)
        for key in keys.split()
    ]
    return Table(name, metadata, *key_columns, *columns)


def _whole(name: str) -> "Column[object]":
    return Column(name, BigInteger, nullable=False)


def _text(name: str) -> "Column[object]":
    return Column(name, Text, nullable=False)


def _bytes(name: str) -> "Column[object]":
    return Column(name, LargeBinary, nullable=False)


server_schema = Table(
    "server_schema",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_ms", BigInteger, nullable=False),
)
county = _table(
    "county", "county", _text("name"), _bytes("public_key"), _whole("epoch"), _whole("created_ms")
)
enrolment = _table(
    "enrolment",
    "county secret_hash",
    _text("officer"),
    _text("body"),
    _text("role"),
    _text("townships"),
    _whole("number"),
    _whole("created_ms"),
    _whole("expires_ms"),
    Column("used_ms", BigInteger),
    Column("device", LargeBinary),
)
device = _table(
    "device",
    "county device",
    _whole("number"),
    _text("name"),
    _text("officer_id"),
    _text("officer"),
    _text("body"),
    _text("role"),
    _text("townships"),
    _bytes("public_key"),
    _bytes("certificate"),
    _whole("enrolled_ms"),
    Column("last_seen_ms", BigInteger),
    Column("revoked_ms", BigInteger),
    # Entries after this one are not taken any more.
    Column("revoked_after", BigInteger),
    Column("revoked_reason", Text),
)
chain = _table(
    "chain",
    "county device",
    _whole("sequence"),
    _bytes("digest"),
    _whole("hlc"),
    _whole("applied"),
    _whole("applied_hlc"),
    Column("waits_for", Text),
)
changeset = _table(
    "changeset",
    "county device sequence",
    _whole("hlc"),
    _bytes("digest"),
    _whole("leaves"),
    _whole("size"),
    _whole("received_ms"),
    _bytes("relayed_by"),
    _bytes("header"),
    _bytes("signature"),
    _bytes("seed"),
    # One hash for each leaf, where some reader may never see some leaf.
    Column("nodes", LargeBinary),
)
Index("ix_changeset_order", changeset.c.county, changeset.c.hlc, changeset.c.device)
changeset_part = _table(
    "changeset_part",
    "county device sequence audience",
    # Which leaves these are; empty means all of them.
    Column("numbers", LargeBinary),
    _bytes("body"),
)
receipt = _table("receipt", "county device sequence", _bytes("content"))
quarantine = _table(
    "quarantine",
    "county id",
    _text("reason"),
    _bytes("device"),
    _whole("sequence"),
    _bytes("digest"),
    _bytes("relayed_by"),
    _whole("received_ms"),
    # In the chain but not applied and not handed on, until a person decides.
    Column("is_held", Boolean, nullable=False),
    _bytes("content"),
)
Index("ix_quarantine_entry", *(quarantine.c[name] for name in ("county", "device", "sequence", "digest")))
decision = _table("decision", "county id", _text("verdict"), _text("made_by"), _whole("made_ms"))
event = _table(
    "event",
    "county id",
    _text("kind"),
    Column("is_alarm", Boolean, nullable=False),
    _bytes("device"),
    _whole("sequence"),
    _text("details"),
    _whole("happened_ms"),
)
blob = _table(
    "blob",
    "county sha256",
    _whole("size"),
    _whole("started_ms"),
    _bytes("started_by"),
    Column("completed_ms", BigInteger),
)
blob_chunk = _table("blob_chunk", "county sha256 number", _bytes("body"))
blob_use = _table("blob_use", "county sha256 tno row_id", _whole("audience"))
usage = _table("usage", "county device day", _whole("requests"), _whole("bytes"), _whole("changesets"))
record = _table(
    "record",
    "county tno row_id",
    Column("is_known", Boolean, nullable=False),
    Column("is_there", Boolean, nullable=False),
    _whole("conflicts"),
    _bytes("content"),
    # Heads, losing values and deletes; empty while the row is as it was created.
    Column("versions", LargeBinary),
)
Index("ix_record_conflicts", record.c.county, record.c.conflicts)
