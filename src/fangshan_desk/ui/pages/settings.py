"""Looking after the data: check, audit, backup, passphrase; and what this laptop is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.components.colleagues_card import ColleaguesCard
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.context import Context, JobControl
from fangshan_desk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import KeyValueRows
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.upkeep import Upkeep, UpkeepFinding, WorkspaceFacts

BACKUP_FILTER = "*.fsbak"


class SettingsPage(Page):
    """Everything runs in a lane; results are said in sentences."""

    shows_search = False

    def __init__(self, context: Context, upkeep: Upkeep, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._upkeep = upkeep
        self._texts = context.texts
        self.set_title(self._texts("settings-title"), subtitle=self._texts("settings-subtitle"))
        self._build()

    def refresh(self, changes: Changes | None) -> None:
        """Ask for the facts again."""
        self.colleagues.reload()
        self.context.operations.read(self._upkeep.facts, on_done=self._show_facts, key="facts", owner=self)

    def _build(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._safety_card())
        self.colleagues = ColleaguesCard(self.context)
        left.addWidget(self.colleagues)
        left.addStretch(1)
        right.addWidget(self._laptop_card())
        right.addWidget(self._passphrase_card())
        right.addStretch(1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)

    def _safety_card(self) -> Card:
        card = Card(self._texts("settings-safety"), remark=self._texts("settings-safety-remark"))
        row = QHBoxLayout()
        for caption, act, is_primary in (
            ("settings-backup-now", self._on_backup, True),
            ("settings-backup-to", self._on_backup_to, False),
            ("settings-check", self._on_check, False),
            ("settings-audit", self._on_audit, False),
        ):
            button = (
                PrimaryButton(self._texts(caption)) if is_primary else SecondaryButton(self._texts(caption))
            )
            button.setObjectName(caption)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        self._results = KeyValueRows()
        card.body.addWidget(self._results)
        self._hint = text_label(self._texts("settings-safety-hint"), role="weak", wrap=True)
        card.body.addWidget(self._hint)
        return card

    def _laptop_card(self) -> Card:
        card = Card(self._texts("settings-laptop"))
        self._facts = KeyValueRows()
        card.body.addWidget(self._facts)
        return card

    def _passphrase_card(self) -> Card:
        card = Card(self._texts("settings-passphrase"))
        self._fields = [QLineEdit() for _ in range(3)]
        for field, key in zip(self._fields, ("old", "new", "again"), strict=True):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(self._texts(f"settings-passphrase-{key}"))
            field.setAccessibleName(self._texts(f"settings-passphrase-{key}"))
            card.body.addWidget(field)
        self._change = SecondaryButton(self._texts("settings-passphrase-change"))
        self._change.clicked.connect(self._on_change_passphrase)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._change)
        card.body.addLayout(row)
        self._passphrase_note = text_label(role="weak", wrap=True)
        card.body.addWidget(self._passphrase_note)
        return card

    def _show_facts(self, facts: WorkspaceFacts) -> None:
        text = self._texts
        place = text("cloud-folder-warning", service=facts.cloud_service) if facts.cloud_service else ""
        rows = [
            (text("settings-device"), facts.device),
            (text("settings-folder"), facts.folder),
            (text("settings-key-store"), facts.key_store),
            (text("settings-free"), text("settings-megabytes", count=facts.free_megabytes)),
            (text("settings-last-backup"), facts.last_backup or text("settings-no-backup")),
            (text("settings-version"), facts.version),
        ]
        if place:
            rows.insert(2, (text("settings-warning"), place))
        self._facts.set_rows(rows)
        for widget in (*self._fields, self._change):
            widget.setEnabled(not facts.is_sample)
        self._passphrase_note.setText(text("sample-key-note") if facts.is_sample else "")

    def _on_check(self) -> None:
        self._show_findings_of(lambda _control: list(self._upkeep.check()), "settings-check")

    def _on_audit(self) -> None:
        self._show_findings_of(lambda _control: list(self._upkeep.audit()), "settings-audit")

    def _show_findings_of(self, job: object, label: str) -> None:
        self.context.operations.run_long(
            job,  # type: ignore[arg-type] # both jobs take the control and return findings
            on_done=self._show_findings,
            label=self._texts(label),
            initiator=self,
            lane="data",
        )

    def _show_findings(self, findings: Sequence[UpkeepFinding]) -> None:
        self._hint.hide()
        mark = {True: self._texts("settings-sound"), False: self._texts("settings-broken")}
        self._results.set_rows([(mark[finding.is_sound], finding.sentence) for finding in findings])
        good = all(finding.is_sound for finding in findings)
        key = "settings-all-sound" if good else "settings-some-broken"
        self.context.operations.say(self._texts(key), kind="success" if good else "error")

    def _on_backup(self) -> None:
        self._back_up(None)

    def _on_backup_to(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self._texts("settings-backup-to"),
            "",
            f"{self._texts('settings-backup-files')} ({BACKUP_FILTER})",
        )
        if chosen:
            self._back_up(Path(chosen))

    def _back_up(self, target: Path | None) -> None:
        def job(control: JobControl) -> Path:
            return self._upkeep.back_up(
                target,
                progress=control.report,
                cancelled=lambda: control.is_cancelled,
            )

        self.context.operations.run_long(
            job, on_done=self._on_backed_up, label=self._texts("settings-backup-now"), initiator=self
        )

    def _on_backed_up(self, written: Path) -> None:
        self.context.operations.say(self._texts("command-backup-written", file=written), kind="success")
        self.refresh(None)

    def _on_change_passphrase(self) -> None:
        old, new, again = (field.text() for field in self._fields)
        if new != again:
            self.context.operations.say(self._texts("gate-passphrases-differ"), kind="warning")
            return
        self.context.operations.run(
            lambda: self._upkeep.change_passphrase(old, new),
            on_done=self._on_passphrase_changed,
            label=self._texts("settings-passphrase-change"),
            initiator=self,
        )

    def _on_passphrase_changed(self, _nothing: None) -> None:
        for field in self._fields:
            field.clear()
        self.context.operations.say(self._texts("settings-passphrase-changed"), kind="success")
