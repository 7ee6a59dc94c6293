"""The first tables. Text frozen at release: it must not follow today's declarations."""

STATEMENTS = (
    """
CREATE TABLE blob (
    county TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    size BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    started_by BLOB NOT NULL,
    completed_ms BIGINT,
    PRIMARY KEY (county, sha256)
)
""",
    """
CREATE TABLE blob_chunk (
    county TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    number BIGINT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (county, sha256, number)
)
""",
    """
CREATE TABLE blob_use (
    county TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    tno INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    audience BIGINT NOT NULL,
    PRIMARY KEY (county, sha256, tno, row_id)
)
""",
    """
CREATE TABLE chain (
    county TEXT NOT NULL,
    device BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    digest BLOB NOT NULL,
    hlc BIGINT NOT NULL,
    applied BIGINT NOT NULL,
    applied_hlc BIGINT NOT NULL,
    waits_for TEXT,
    PRIMARY KEY (county, device)
)
""",
    """
CREATE TABLE changeset (
    county TEXT NOT NULL,
    device BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    hlc BIGINT NOT NULL,
    digest BLOB NOT NULL,
    leaves BIGINT NOT NULL,
    size BIGINT NOT NULL,
    received_ms BIGINT NOT NULL,
    relayed_by BLOB NOT NULL,
    header BLOB NOT NULL,
    signature BLOB NOT NULL,
    seed BLOB NOT NULL,
    nodes BLOB,
    PRIMARY KEY (county, device, sequence)
)
""",
    """
CREATE INDEX ix_changeset_order ON changeset (county, hlc, device)
""",
    """
CREATE TABLE changeset_part (
    county TEXT NOT NULL,
    device BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    audience BIGINT NOT NULL,
    numbers BLOB,
    body BLOB NOT NULL,
    PRIMARY KEY (county, device, sequence, audience)
)
""",
    """
CREATE TABLE county (
    county TEXT NOT NULL,
    name TEXT NOT NULL,
    public_key BLOB NOT NULL,
    epoch BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (county)
)
""",
    """
CREATE TABLE decision (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_ms BIGINT NOT NULL,
    PRIMARY KEY (county, id)
)
""",
    """
CREATE TABLE device (
    county TEXT NOT NULL,
    device BLOB NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    officer_id TEXT NOT NULL,
    officer TEXT NOT NULL,
    body TEXT NOT NULL,
    role TEXT NOT NULL,
    townships TEXT NOT NULL,
    public_key BLOB NOT NULL,
    certificate BLOB NOT NULL,
    enrolled_ms BIGINT NOT NULL,
    last_seen_ms BIGINT,
    revoked_ms BIGINT,
    revoked_after BIGINT,
    revoked_reason TEXT,
    PRIMARY KEY (county, device)
)
""",
    """
CREATE TABLE enrolment (
    county TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    officer TEXT NOT NULL,
    body TEXT NOT NULL,
    role TEXT NOT NULL,
    townships TEXT NOT NULL,
    number BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT,
    device BLOB,
    PRIMARY KEY (county, secret_hash)
)
""",
    """
CREATE TABLE event (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_alarm BOOLEAN NOT NULL,
    device BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    details TEXT NOT NULL,
    happened_ms BIGINT NOT NULL,
    PRIMARY KEY (county, id)
)
""",
    """
CREATE TABLE quarantine (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    reason TEXT NOT NULL,
    device BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    digest BLOB NOT NULL,
    relayed_by BLOB NOT NULL,
    received_ms BIGINT NOT NULL,
    is_held BOOLEAN NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (county, id)
)
""",
    """
CREATE INDEX ix_quarantine_entry ON quarantine (county, device, sequence, digest)
""",
    """
CREATE TABLE receipt (
    county TEXT NOT NULL,
    device BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (county, device, sequence)
)
""",
    """
CREATE TABLE record (
    county TEXT NOT NULL,
    tno INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    is_known BOOLEAN NOT NULL,
    is_there BOOLEAN NOT NULL,
    conflicts BIGINT NOT NULL,
    content BLOB NOT NULL,
    versions BLOB,
    PRIMARY KEY (county, tno, row_id)
)
""",
    """
CREATE INDEX ix_record_conflicts ON record (county, conflicts)
""",
    """
CREATE TABLE usage (
    county TEXT NOT NULL,
    device BLOB NOT NULL,
    day TEXT NOT NULL,
    requests BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    changesets BIGINT NOT NULL,
    PRIMARY KEY (county, device, day)
)
""",
    """
CREATE TRIGGER keep_changeset_update
BEFORE UPDATE ON changeset
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_changeset_delete
BEFORE DELETE ON changeset
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_changeset_part_update
BEFORE UPDATE ON changeset_part
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_changeset_part_delete
BEFORE DELETE ON changeset_part
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_receipt_update
BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_receipt_delete
BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_quarantine_update
BEFORE UPDATE ON quarantine
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_quarantine_delete
BEFORE DELETE ON quarantine
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_decision_update
BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_decision_delete
BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_event_update
BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
    """
CREATE TRIGGER keep_event_delete
BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
""",
)
