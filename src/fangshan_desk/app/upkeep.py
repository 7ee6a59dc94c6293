"""Audit, check, backup and restore of one workspace."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import date, datetime
from pathlib import Path

from fangshan_desk import __version__
from fangshan_desk.app.keys import change_passphrase, is_sample, opened_key
from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.data.backups import (
    BackupSource,
    back_up,
    superseded_backups,
    unpack_backup,
    verify_database,
)
from fangshan_desk.data.checking import check_file
from fangshan_desk.domain.local_time import local_moment
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.support.data_key import KeyLabel
from fangshan_desk.support.free_space import free_bytes
from fangshan_desk.support.paths import Workspace, cloud_service_of
from fangshan_desk.support.secrets import SecretStore
from fangshan_desk.support.signing import VerifyingKey
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.sync.chain_audit import ChainReport, StoredChangeset, audit_chain
from fangshan_desk.usecases.starting import SHORTEST_PASSPHRASE, PassphraseTooShortError
from fangshan_desk.usecases.upkeep import UpkeepFinding, WorkspaceFacts


def audit(desk: OpenDesk) -> list[UpkeepFinding]:
    """Verify every chain in the file; names the first altered, missing or reordered entry."""
    chain = desk.parts.chain
    own_sequence, own_digest = chain.own_head()
    findings = []
    for device in chain.devices():
        entries = (
            StoredChangeset(entry.sequence, entry.header, entry.signature, entry.seed, entry.body)
            for entry in chain.entries(device.number)
        )
        report = audit_chain(device.device, entries, _verifier(device.public_key))
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


def _verifier(public_key: bytes) -> Callable[[bytes, bytes], bool]:
    key = VerifyingKey(public_key)
    return lambda message, signature: key.verify(signature, message)


def _chain_finding(report: ChainReport, *, is_cut: bool) -> UpkeepFinding:
    text = chinese_texts()
    device = report.device.hex()[:8]
    if report.fault is not None:
        reason = text(f"audit-{report.fault.reason}")
        sentence = text("audit-broken", device=device, sequence=report.fault.sequence, reason=reason)
        return UpkeepFinding("chain", is_sound=False, sentence=sentence)
    if is_cut:
        sentence = text("audit-cut", device=device, sequence=report.checked + 1)
        return UpkeepFinding("chain", is_sound=False, sentence=sentence)
    return UpkeepFinding(
        "chain", is_sound=True, sentence=text("audit-sound", device=device, count=report.checked)
    )


def check(desk: OpenDesk) -> list[UpkeepFinding]:
    """Everything `audit` checks, and the file, its triggers, its search index and every attachment."""
    text = chinese_texts()
    findings = [
        UpkeepFinding(
            found.name,
            found.is_sound,
            text(f"check-{found.name}-{'sound' if found.is_sound else 'broken'}", detail=found.detail),
        )
        for found in check_file(desk.parts.file.database)
    ]
    return [*findings, *audit(desk), *_attachments(desk)]


def _attachments(desk: OpenDesk) -> Iterator[UpkeepFinding]:
    text = chinese_texts()
    rows = desk.transact(lambda uow, _: uow.find(Attachment)).result
    named = {row.sha256 for row in rows} | {row.thumbnail_sha256 for row in rows if row.thumbnail_sha256}
    store = desk.parts.attachments
    missing = store.missing(named)
    report = store.verify_all()
    sound = not missing and not report.damaged
    key = "check-attachments-sound" if sound else "check-attachments-broken"
    sentence = text(key, count=len(named), missing=len(missing), damaged=len(report.damaged))
    yield UpkeepFinding("attachments", sound, sentence)


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
    with ExitStack() as undo:
        # The folder was empty before: a wrong passphrase must not block the second attempt.
        undo.callback(shutil.rmtree, workspace.folder)
        workspace.create_folders()
        with opened_key(workspace, passphrase) as key:
            verify_database(workspace.database, key.sub_key(KeyLabel.DATABASE))
        undo.pop_all()


class DeskUpkeep:
    """The settings page's jobs on one open desk."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def facts(self) -> WorkspaceFacts:
        """Where the data is and how it is kept."""
        workspace = self._desk.parts.workspace
        text = chinese_texts()
        return WorkspaceFacts(
            folder=str(workspace.folder),
            device=text(
                "upkeep-device",
                number=self._desk.services.device.number,
                name=self._desk.services.device.name,
            ),
            is_sample=is_sample(workspace),
            key_store=text(SecretStore().store_status().text_key),
            cloud_service=cloud_service_of(workspace.folder, os.environ) or "",
            free_megabytes=free_bytes(workspace.folder) // 2**20,
            last_backup=max((path.stem for path in workspace.backups.glob("*.fsbak")), default=""),
            version=__version__,
        )

    def check(self) -> list[UpkeepFinding]:
        """File, chain and attachments."""
        return check(self._desk)

    def audit(self) -> list[UpkeepFinding]:
        """Every signed change."""
        return audit(self._desk)

    def back_up(
        self, target: Path | None, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Path:
        """Write a verified backup; without a target into the workspace, where old ones are thinned."""
        workspace = self._desk.parts.workspace
        now = local_moment(self._desk.services.clock.now_utc(), self._desk.services.clock.offset_minutes())
        chosen = target or workspace.backups / f"{now:%Y%m%d-%H%M%S}.fsbak"
        written = back_up_workspace(
            self._desk, chosen, with_attachments=target is not None, progress=progress, cancelled=cancelled
        )
        if target is None:
            for old in superseded_backups(_made_on(workspace.backups), now.date()):
                old.unlink(missing_ok=True)
        return written

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the key anew; raises PassphraseTooShortError."""
        if len(new) < SHORTEST_PASSPHRASE:
            raise PassphraseTooShortError(least=SHORTEST_PASSPHRASE)
        change_passphrase(self._desk.parts.workspace, old, new)


def _made_on(folder: Path) -> dict[Path, date]:
    made = {}
    for path in folder.glob("*.fsbak"):
        with suppress(ValueError):
            made[path] = datetime.strptime(path.stem[:8], "%Y%m%d").date()  # noqa: DTZ007  # a name, not a moment
    return made
