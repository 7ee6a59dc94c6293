"""The first tables. Text frozen at release: it must not follow today's declarations."""

from typing import Any

STATEMENTS = (
    """
CREATE TABLE attachment (
    id TEXT NOT NULL,
    subject TEXT,
    subject_id TEXT,
    topic TEXT,
    kind TEXT,
    sha256 TEXT,
    size INTEGER,
    media_type TEXT,
    file_name TEXT,
    caption TEXT,
    taken_at TEXT,
    added_at TEXT,
    added_by TEXT,
    thumbnail_sha256 TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_attachment_added_by ON attachment (added_by)
""",
    """
CREATE INDEX ix_attachment_sha256 ON attachment (sha256)
""",
    """
CREATE INDEX ix_attachment_subject_id ON attachment (subject_id)
""",
    """
CREATE TABLE calendar_day (
    id TEXT NOT NULL,
    day TEXT,
    is_working INTEGER,
    name TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_calendar_day_day ON calendar_day (day)
""",
    """
CREATE TABLE campaign (
    id TEXT NOT NULL,
    title TEXT,
    document_number TEXT,
    starts_on TEXT,
    ends_on TEXT,
    targets TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE TABLE check_answer (
    id TEXT NOT NULL,
    visit_id TEXT,
    code TEXT,
    answer TEXT,
    inputs TEXT,
    computed TEXT,
    is_overridden INTEGER,
    reason TEXT,
    note TEXT,
    answered_at TEXT,
    answered_by TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_check_answer_answered_by ON check_answer (answered_by)
""",
    """
CREATE INDEX ix_check_answer_visit_id ON check_answer (visit_id)
""",
    """
CREATE TABLE collective_contract (
    id TEXT NOT NULL,
    enterprise_id TEXT,
    kind TEXT,
    title TEXT,
    signed_on TEXT,
    starts_on TEXT,
    ends_on TEXT,
    state TEXT,
    covered_workers INTEGER,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_collective_contract_ends_on ON collective_contract (ends_on)
""",
    """
CREATE INDEX ix_collective_contract_enterprise_id ON collective_contract (enterprise_id)
""",
    """
CREATE TABLE desk_state (
    name TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (name)
)
""",
    """
CREATE TABLE device (
    id TEXT NOT NULL,
    number INTEGER,
    name TEXT,
    officer_id TEXT,
    public_key TEXT,
    certificate TEXT,
    revoked_at TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_device_officer_id ON device (officer_id)
""",
    """
CREATE TABLE duplicate_decision (
    id TEXT NOT NULL,
    first_id TEXT,
    second_id TEXT,
    decided_by TEXT,
    decided_at TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_duplicate_decision_decided_by ON duplicate_decision (decided_by)
""",
    """
CREATE INDEX ix_duplicate_decision_first_id ON duplicate_decision (first_id)
""",
    """
CREATE INDEX ix_duplicate_decision_second_id ON duplicate_decision (second_id)
""",
    """
CREATE TABLE enterprise (
    id TEXT NOT NULL,
    name TEXT,
    uscc TEXT,
    is_uscc_valid INTEGER,
    township TEXT,
    address TEXT,
    legal_representative TEXT,
    contact_person TEXT,
    contact_phone TEXT,
    industry TEXT,
    categories TEXT,
    headcount INTEGER,
    established_on TEXT,
    status TEXT,
    is_in_scope INTEGER,
    union_exists INTEGER,
    is_federation_member INTEGER,
    risk_level TEXT,
    risk_score INTEGER,
    risk_assessed_on TEXT,
    merged_into_id TEXT,
    note TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_enterprise_merged_into_id ON enterprise (merged_into_id)
""",
    """
CREATE INDEX ix_enterprise_name ON enterprise (name)
""",
    """
CREATE INDEX ix_enterprise_risk_level ON enterprise (risk_level)
""",
    """
CREATE INDEX ix_enterprise_township ON enterprise (township)
""",
    """
CREATE INDEX ix_enterprise_uscc ON enterprise (uscc)
""",
    """
CREATE TABLE enterprise_alias (
    id TEXT NOT NULL,
    enterprise_id TEXT,
    name TEXT,
    code TEXT,
    provider TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_enterprise_alias_enterprise_id ON enterprise_alias (enterprise_id)
""",
    """
CREATE TABLE letter (
    id TEXT NOT NULL,
    kind TEXT,
    state TEXT,
    enterprise_id TEXT,
    visit_id TEXT,
    parent_id TEXT,
    title TEXT,
    document_number TEXT,
    field_number TEXT,
    issued_on TEXT,
    content TEXT,
    content_hash TEXT,
    template_version TEXT,
    code_text TEXT,
    confirmed_at TEXT,
    is_refused INTEGER,
    refusal_note TEXT,
    objection TEXT,
    approved_by_hrss TEXT,
    approved_by_hrss_at TEXT,
    approved_by_ftu TEXT,
    approved_by_ftu_at TEXT,
    withdrawn_at TEXT,
    withdrawn_reason TEXT,
    made_by TEXT,
    made_at TEXT,
    official_code_text TEXT,
    edits TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_letter_approved_by_ftu ON letter (approved_by_ftu)
""",
    """
CREATE INDEX ix_letter_approved_by_hrss ON letter (approved_by_hrss)
""",
    """
CREATE INDEX ix_letter_document_number ON letter (document_number)
""",
    """
CREATE INDEX ix_letter_enterprise_id ON letter (enterprise_id)
""",
    """
CREATE INDEX ix_letter_field_number ON letter (field_number)
""",
    """
CREATE INDEX ix_letter_kind ON letter (kind)
""",
    """
CREATE INDEX ix_letter_made_by ON letter (made_by)
""",
    """
CREATE INDEX ix_letter_parent_id ON letter (parent_id)
""",
    """
CREATE INDEX ix_letter_state ON letter (state)
""",
    """
CREATE INDEX ix_letter_visit_id ON letter (visit_id)
""",
    """
CREATE TABLE letter_service (
    id TEXT NOT NULL,
    letter_id TEXT,
    way TEXT,
    served_on TEXT,
    place TEXT,
    recipient TEXT,
    recipient_post TEXT,
    recipient_phone TEXT,
    witness TEXT,
    tracking_number TEXT,
    consent_note TEXT,
    servers TEXT,
    note TEXT,
    recorded_at TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_letter_service_letter_id ON letter_service (letter_id)
""",
    """
CREATE TABLE letter_signature (
    id TEXT NOT NULL,
    letter_id TEXT,
    signer TEXT,
    name TEXT,
    post TEXT,
    phone TEXT,
    image_sha256 TEXT,
    is_on_paper INTEGER,
    signed_at TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_letter_signature_letter_id ON letter_signature (letter_id)
""",
    """
CREATE TABLE negotiation (
    id TEXT NOT NULL,
    enterprise_id TEXT,
    track TEXT,
    state TEXT,
    offered_on TEXT,
    reply_due_on TEXT,
    replied_on TEXT,
    topics TEXT,
    note TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_negotiation_enterprise_id ON negotiation (enterprise_id)
""",
    """
CREATE INDEX ix_negotiation_state ON negotiation (state)
""",
    """
CREATE TABLE number_block (
    id TEXT NOT NULL,
    device_id TEXT,
    kind TEXT,
    year INTEGER,
    first INTEGER,
    last INTEGER,
    prefix TEXT,
    reserved_by TEXT,
    next INTEGER,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_number_block_device_id ON number_block (device_id)
""",
    """
CREATE INDEX ix_number_block_reserved_by ON number_block (reserved_by)
""",
    """
CREATE TABLE officer (
    id TEXT NOT NULL,
    name TEXT,
    body TEXT,
    role TEXT,
    post TEXT,
    badge_number TEXT,
    phone TEXT,
    township TEXT,
    is_active INTEGER,
    PRIMARY KEY (id)
)
""",
    """
CREATE TABLE parameter (
    id TEXT NOT NULL,
    name TEXT,
    value TEXT,
    valid_from TEXT,
    valid_to TEXT,
    note TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_parameter_name ON parameter (name)
""",
    """
CREATE TABLE rectification_item (
    id TEXT NOT NULL,
    letter_id TEXT,
    visit_id TEXT,
    enterprise_id TEXT,
    code TEXT,
    ordinal INTEGER,
    title TEXT,
    finding TEXT,
    advice TEXT,
    citation TEXT,
    severity INTEGER,
    is_urgent INTEGER,
    state TEXT,
    days INTEGER,
    original_deadline TEXT,
    deadline TEXT,
    is_deadline_flagged INTEGER,
    owner_name TEXT,
    owner_post TEXT,
    owner_phone TEXT,
    tracking_officer_id TEXT,
    reported_on TEXT,
    closed_on TEXT,
    close_reason TEXT,
    extension_count INTEGER,
    return_count INTEGER,
    requested_deadline TEXT,
    unpaid_workers INTEGER,
    unpaid_fen INTEGER,
    lead_body TEXT,
    reminded_on TEXT,
    transferred_to TEXT,
    has_repayment_plan INTEGER,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_rectification_item_deadline ON rectification_item (deadline)
""",
    """
CREATE INDEX ix_rectification_item_enterprise_id ON rectification_item (enterprise_id)
""",
    """
CREATE INDEX ix_rectification_item_letter_id ON rectification_item (letter_id)
""",
    """
CREATE INDEX ix_rectification_item_state ON rectification_item (state)
""",
    """
CREATE INDEX ix_rectification_item_tracking_officer_id ON rectification_item (tracking_officer_id)
""",
    """
CREATE INDEX ix_rectification_item_visit_id ON rectification_item (visit_id)
""",
    """
CREATE TABLE risk_assessment (
    id TEXT NOT NULL,
    enterprise_id TEXT,
    visit_id TEXT,
    as_of TEXT,
    model_version TEXT,
    inputs TEXT,
    components TEXT,
    score INTEGER,
    score_high INTEGER,
    coverage INTEGER,
    floors TEXT,
    level TEXT,
    potential_level TEXT,
    published_level TEXT,
    reasons TEXT,
    officer_id TEXT,
    override_level TEXT,
    override_reason TEXT,
    override_until TEXT,
    made_at TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_risk_assessment_enterprise_id ON risk_assessment (enterprise_id)
""",
    """
CREATE INDEX ix_risk_assessment_officer_id ON risk_assessment (officer_id)
""",
    """
CREATE INDEX ix_risk_assessment_visit_id ON risk_assessment (visit_id)
""",
    """
CREATE TABLE search_stale (
    enterprise_id TEXT NOT NULL,
    PRIMARY KEY (enterprise_id)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE shared_fact (
    id TEXT NOT NULL,
    enterprise_id TEXT,
    source TEXT,
    period_end TEXT,
    facts TEXT,
    provider TEXT,
    file_name TEXT,
    row_number INTEGER,
    received_on TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_shared_fact_enterprise_id ON shared_fact (enterprise_id)
""",
    """
CREATE TABLE sync_capture (
    n INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    tno INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    cno INTEGER NOT NULL,
    old TEXT,
    PRIMARY KEY (n)
)
""",
    """
CREATE TABLE sync_changeset (
    device_number INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    digest BLOB NOT NULL,
    header BLOB NOT NULL,
    signature BLOB NOT NULL,
    seed BLOB NOT NULL,
    state INTEGER NOT NULL,
    body BLOB,
    PRIMARY KEY (device_number, sequence)
)
""",
    """
CREATE TABLE sync_device (
    number INTEGER NOT NULL,
    device BLOB NOT NULL,
    public_key BLOB,
    PRIMARY KEY (number),
    UNIQUE (device)
)
""",
    """
CREATE TABLE sync_grave (
    tno INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (tno, row_id)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE sync_head (
    tno INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    cno INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    device_number INTEGER NOT NULL,
    PRIMARY KEY (tno, row_id, cno, hlc, device_number)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE sync_self (
    one INTEGER NOT NULL,
    device BLOB NOT NULL,
    device_number INTEGER NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    digest BLOB NOT NULL,
    applying INTEGER NOT NULL,
    PRIMARY KEY (one)
)
""",
    """
CREATE TABLE transition (
    id TEXT NOT NULL,
    subject TEXT,
    subject_id TEXT,
    event TEXT,
    from_state TEXT,
    to_state TEXT,
    happened_on TEXT,
    recorded_at TEXT,
    officer_id TEXT,
    device_id TEXT,
    note TEXT,
    details TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_transition_device_id ON transition (device_id)
""",
    """
CREATE INDEX ix_transition_officer_id ON transition (officer_id)
""",
    """
CREATE INDEX ix_transition_subject_id ON transition (subject_id)
""",
    """
CREATE TABLE visit (
    id TEXT NOT NULL,
    enterprise_id TEXT,
    state TEXT,
    is_planned INTEGER,
    planned_on TEXT,
    planned_time TEXT,
    purpose TEXT,
    started_at TEXT,
    finished_at TEXT,
    step TEXT,
    current_item TEXT,
    is_quick_check INTEGER,
    enterprise_person TEXT,
    enterprise_person_post TEXT,
    enterprise_person_phone TEXT,
    campaign_id TEXT,
    checklist_version TEXT,
    note TEXT,
    leading_officer_id TEXT,
    cancelled_reason TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_visit_campaign_id ON visit (campaign_id)
""",
    """
CREATE INDEX ix_visit_enterprise_id ON visit (enterprise_id)
""",
    """
CREATE INDEX ix_visit_leading_officer_id ON visit (leading_officer_id)
""",
    """
CREATE INDEX ix_visit_planned_on ON visit (planned_on)
""",
    """
CREATE INDEX ix_visit_started_at ON visit (started_at)
""",
    """
CREATE INDEX ix_visit_state ON visit (state)
""",
    """
CREATE TABLE visitor (
    id TEXT NOT NULL,
    visit_id TEXT,
    officer_id TEXT,
    name TEXT,
    body TEXT,
    badge_number TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_visitor_officer_id ON visitor (officer_id)
""",
    """
CREATE INDEX ix_visitor_visit_id ON visitor (visit_id)
""",
    """
CREATE TABLE void_number (
    id TEXT NOT NULL,
    kind TEXT,
    year INTEGER,
    number INTEGER,
    reason TEXT,
    letter_id TEXT,
    recorded_at TEXT,
    recorded_by TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_void_number_letter_id ON void_number (letter_id)
""",
    """
CREATE INDEX ix_void_number_recorded_by ON void_number (recorded_by)
""",
    """
CREATE TABLE warning_signal (
    id TEXT NOT NULL,
    enterprise_id TEXT,
    kind TEXT,
    state TEXT,
    persons INTEGER,
    source TEXT,
    raised_at TEXT,
    visit_id TEXT,
    note TEXT,
    facts TEXT,
    PRIMARY KEY (id)
)
""",
    """
CREATE INDEX ix_warning_signal_enterprise_id ON warning_signal (enterprise_id)
""",
    """
CREATE INDEX ix_warning_signal_state ON warning_signal (state)
""",
    """
CREATE INDEX ix_warning_signal_visit_id ON warning_signal (visit_id)
""",
)


def apply(db: Any) -> None:
    """Create every table and index."""
    for statement in STATEMENTS:
        db.execute(statement)
