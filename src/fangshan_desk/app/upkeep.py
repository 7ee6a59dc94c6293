"""Audit, check, backup and restore of one workspace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fangshan_desk.app.keys import opened_key
from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.data.backups import BackupSource, back_up, unpack_backup, verify_database
from fangshan_desk.data.checking import check_file
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.support.data_key import KeyLabel
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.signing import VerifyingKey
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.sync.chain_audit import ChainReport, StoredChangeset, audit_chain


@dataclass(frozen=True)
class Finding:
    """Outcome of one test in words."""

    name: str
    is_sound: bool
    sentence: str

    def plain(self) -> dict[str, Any]:
        """For programs."""
        return {"name": self.name, "is_sound": self.is_sound, "sentence": self.sentence}


def audit(desk: OpenDesk) -> list[Finding]:
    """Verify every chain in the file; names the first altered, missing or reordered entry."""
    chain = desk.parts.chain
    own_sequence, own_digest = chain.own_head()
    findings = []
    for device in chain.devices():
        entries = (
            StoredChangeset(entry.sequence, entry.header, entry.signature, entry.seed, entry.body)
            for entry in chain.entries(device.number)
        )
        key = VerifyingKey(device.public_key)
        report = audit_chain(
            device.device, entries, lambda message, signature, key=key: key.verify(signature, message)
        )
        is_own = device.number == 1
        cut = (
            is_own
            and report.fault is None
            and (report.checked, report.last_digest)
            != (
                own_sequence,
                own_digest,
            )
        )
        findings.append(_chain_finding(report, is_cut=cut))
    return findings


def _chain_finding(report: ChainReport, *, is_cut: bool) -> Finding:
    text = chinese_texts()
    device = report.device.hex()[:8]
    if report.fault is not None:
        reason = text(f"audit-{report.fault.reason}")
        sentence = text("audit-broken", device=device, sequence=report.fault.sequence, reason=reason)
        return Finding("chain", is_sound=False, sentence=sentence)
    if is_cut:
        sentence = text("audit-cut", device=device, sequence=report.checked + 1)
        return Finding("chain", is_sound=False, sentence=sentence)
    return Finding("chain", is_sound=True, sentence=text("audit-sound", device=device, count=report.checked))


def check(desk: OpenDesk) -> list[Finding]:
    """Everything `audit` checks, and the file, its triggers, its search index and every attachment."""
    text = chinese_texts()
    findings = [
        Finding(
            found.name,
            found.is_sound,
            text(f"check-{found.name}-{'sound' if found.is_sound else 'broken'}", detail=found.detail),
        )
        for found in check_file(desk.parts.file.database)
    ]
    return [*findings, *audit(desk), *_attachments(desk)]


def _attachments(desk: OpenDesk) -> Iterator[Finding]:
    text = chinese_texts()
    rows = desk.transact(lambda uow, _: uow.find(Attachment)).result
    named = {row.sha256 for row in rows} | {row.thumbnail_sha256 for row in rows if row.thumbnail_sha256}
    store = desk.parts.attachments
    missing = store.missing(named)
    report = store.verify_all()
    sound = not missing and not report.damaged
    key = "check-attachments-sound" if sound else "check-attachments-broken"
    sentence = text(key, count=len(named), missing=len(missing), damaged=len(report.damaged))
    yield Finding("attachments", sound, sentence)


def back_up_workspace(
    desk: OpenDesk,
    target: Path,
    *,
    with_attachments: bool = True,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Write one verified backup file."""
    parts = desk.parts
    source = BackupSource(
        parts.file.database,
        parts.key.sub_key(KeyLabel.DATABASE),
        parts.workspace.key_file,
        parts.workspace.attachments if with_attachments else None,
    )
    return back_up(source, target, made_at=parts.clock.now_utc(), progress=progress, cancelled=cancelled)


def restore_workspace(backup: Path, workspace: Workspace, passphrase: str | None) -> None:
    """Unpack into a new folder and prove that it opens; the passphrase is the one of the backup's day."""
    unpack_backup(backup, workspace.folder)
    workspace.create_folders()
    with opened_key(workspace, passphrase) as key:
        verify_database(workspace.database, key.sub_key(KeyLabel.DATABASE))
