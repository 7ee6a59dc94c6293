"""The search index of this laptop and the order of the register. Text frozen at release."""

from typing import Any

STATEMENTS = (
    """
CREATE TABLE search_entry (
    number INTEGER NOT NULL,
    enterprise_id TEXT NOT NULL,
    core INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (enterprise_id)
)
""",
    """
CREATE TABLE search_reading (
    number INTEGER NOT NULL,
    character TEXT NOT NULL,
    readings TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (character)
)
""",
    """
CREATE VIRTUAL TABLE search_fragment USING fts5(
    fragments,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = 'ascii'
)
""",
    """
INSERT OR IGNORE INTO search_stale(enterprise_id) SELECT id FROM enterprise
""",
)


def apply(db: Any) -> None:
    """Create the index empty; every enterprise waits to be taken up."""
    for statement in STATEMENTS:
        db.execute(statement)
