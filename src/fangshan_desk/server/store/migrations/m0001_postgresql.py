"""The first tables. Text frozen at release: it must not follow today's declarations."""

STATEMENTS = (
    """
CREATE TABLE blob (
    county TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    size BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    started_by BYTEA NOT NULL,
    completed_ms BIGINT,
    PRIMARY KEY (county, sha256)
)
""",
    """
CREATE TABLE blob_chunk (
    county TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    number BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (county, sha256, number)
)
""",
    """
CREATE TABLE blob_use (
    county TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    tno INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    audience BIGINT NOT NULL,
    PRIMARY KEY (county, sha256, tno, row_id)
)
""",
    """
CREATE TABLE chain (
    county TEXT NOT NULL,
    device BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    digest BYTEA NOT NULL,
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
    device BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    hlc BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    leaves BIGINT NOT NULL,
    size BIGINT NOT NULL,
    received_ms BIGINT NOT NULL,
    relayed_by BYTEA NOT NULL,
    header BYTEA NOT NULL,
    signature BYTEA NOT NULL,
    seed BYTEA NOT NULL,
    nodes BYTEA,
    PRIMARY KEY (county, device, sequence)
)
""",
    """
CREATE INDEX ix_changeset_order ON changeset (county, hlc, device)
""",
    """
CREATE TABLE changeset_part (
    county TEXT NOT NULL,
    device BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    audience BIGINT NOT NULL,
    numbers BYTEA,
    body BYTEA NOT NULL,
    PRIMARY KEY (county, device, sequence, audience)
)
""",
    """
CREATE TABLE county (
    county TEXT NOT NULL,
    name TEXT NOT NULL,
    public_key BYTEA NOT NULL,
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
    device BYTEA NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    officer_id TEXT NOT NULL,
    officer TEXT NOT NULL,
    body TEXT NOT NULL,
    role TEXT NOT NULL,
    townships TEXT NOT NULL,
    public_key BYTEA NOT NULL,
    certificate BYTEA NOT NULL,
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
    secret_hash BYTEA NOT NULL,
    officer TEXT NOT NULL,
    body TEXT NOT NULL,
    role TEXT NOT NULL,
    townships TEXT NOT NULL,
    number BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT,
    device BYTEA,
    PRIMARY KEY (county, secret_hash)
)
""",
    """
CREATE TABLE event (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_alarm BOOLEAN NOT NULL,
    device BYTEA NOT NULL,
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
    device BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    relayed_by BYTEA NOT NULL,
    received_ms BIGINT NOT NULL,
    is_held BOOLEAN NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (county, id)
)
""",
    """
CREATE INDEX ix_quarantine_entry ON quarantine (county, device, sequence, digest)
""",
    """
CREATE TABLE receipt (
    county TEXT NOT NULL,
    device BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    content BYTEA NOT NULL,
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
    content BYTEA NOT NULL,
    versions BYTEA,
    PRIMARY KEY (county, tno, row_id)
)
""",
    """
CREATE INDEX ix_record_conflicts ON record (county, conflicts)
""",
    """
CREATE TABLE usage (
    county TEXT NOT NULL,
    device BYTEA NOT NULL,
    day TEXT NOT NULL,
    requests BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    changesets BIGINT NOT NULL,
    PRIMARY KEY (county, device, day)
)
""",
    """
GRANT USAGE ON SCHEMA fangshan_desk TO fangshan_desk_app
""",
    """
GRANT SELECT ON server_schema TO fangshan_desk_app
""",
    """
GRANT SELECT, INSERT ON changeset, changeset_part, receipt, quarantine, decision, event
TO fangshan_desk_app
""",
    """
GRANT SELECT, INSERT, UPDATE ON blob, blob_chunk, blob_use, chain, county, device, enrolment, record, usage
TO fangshan_desk_app
""",
    """
GRANT DELETE ON blob_chunk TO fangshan_desk_app
""",
    """
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'blob',
        'blob_chunk',
        'blob_use',
        'chain',
        'changeset',
        'changeset_part',
        'county',
        'decision',
        'device',
        'enrolment',
        'event',
        'quarantine',
        'receipt',
        'record',
        'usage'
    ] LOOP
        EXECUTE format('ALTER TABLE %%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY by_county ON %%I '
            'USING (county = current_setting(''fangshan.county'', true)) '
            'WITH CHECK (county = current_setting(''fangshan.county'', true))', name);
    END LOOP;
END $$
""",
    """
CREATE POLICY by_audience ON changeset_part
AS RESTRICTIVE FOR SELECT
USING ((audience & coalesce(nullif(current_setting('fangshan.audience', true), ''), '0')::bigint) <> 0)
""",
    """
CREATE POLICY by_audience ON quarantine
AS RESTRICTIVE FOR SELECT
USING ((coalesce(nullif(current_setting('fangshan.audience', true), ''), '0')::bigint & 1073741824) <> 0)
""",
    """
CREATE POLICY by_audience ON record
AS RESTRICTIVE FOR SELECT
USING ((coalesce(nullif(current_setting('fangshan.audience', true), ''), '0')::bigint & 1073741824) <> 0)
""",
    """
CREATE POLICY by_audience ON enrolment
AS RESTRICTIVE FOR SELECT
USING ((coalesce(nullif(current_setting('fangshan.audience', true), ''), '0')::bigint & 1073741824) <> 0)
""",
)
