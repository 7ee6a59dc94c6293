"""What merging and the exchange keep beside the rows. Text frozen at release."""

from typing import Any

STATEMENTS = (
    """
CREATE TABLE sync_vector (
    device_number INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    digest BLOB NOT NULL,
    applied_sequence INTEGER NOT NULL,
    applied_hlc INTEGER NOT NULL,
    waits_for TEXT NOT NULL,
    PRIMARY KEY (device_number)
)
""",
    """
CREATE TABLE sync_conflict (
    tno INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    cno INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    device_number INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    value,
    PRIMARY KEY (tno, row_id, cno, hlc, device_number)
)
WITHOUT ROWID
""",
    """
CREATE TABLE sync_parked (
    tno INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    cno INTEGER NOT NULL,
    value,
    PRIMARY KEY (tno, row_id, cno)
)
WITHOUT ROWID
""",
    """
CREATE TABLE sync_pending (
    number INTEGER NOT NULL,
    device BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    digest BLOB NOT NULL,
    leaf INTEGER NOT NULL,
    reason TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (device, sequence, digest, leaf)
)
""",
    """
CREATE TABLE sync_receipt (
    device_number INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    digest BLOB NOT NULL,
    received_ms INTEGER NOT NULL,
    content BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (device_number, epoch)
)
""",
)


def apply(db: Any) -> None:
    """Create the tables empty: a file that never exchanged anything has no rows in them."""
    for statement in STATEMENTS:
        db.execute(statement)
