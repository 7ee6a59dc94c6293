"""The strip that shows the long job that runs, with a way to stop it."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fangshan_desk.ui.context import Texts
from fangshan_desk.ui.operations import LongJob, Operations
from fangshan_desk.ui.widgets.messages import ProgressStrip


class WorkStrip(QFrame):
    """Shows the newest of the running long jobs."""

    def __init__(self, operations: Operations, *, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "work-strip")
        self._texts = texts
        self._jobs: list[LongJob] = []
        self._strip = ProgressStrip(cancel_caption=texts("shell-cancel"))
        self._strip.cancelled.connect(self._on_cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 6)
        column.addWidget(self._strip)
        operations.long_job_moved.connect(self._on_moved)
        operations.long_job_ended.connect(self._on_ended)
        self.hide()

    def _on_moved(self, job: LongJob) -> None:
        is_new = all(known.task is not job.task for known in self._jobs)
        self._jobs = [*(known for known in self._jobs if known.task is not job.task), job]
        if is_new:
            self._strip.start("")
        self._show()

    def _on_ended(self, job: LongJob) -> None:
        self._jobs = [known for known in self._jobs if known.task is not job.task]
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._jobs))
        if not self._jobs:
            return
        job = self._jobs[-1]
        progress = job.progress
        if progress.total:
            sentence = self._texts(
                "shell-working-progress",
                job=job.label,
                done=progress.done,
                total=progress.total,
                note=progress.note,
            )
        else:
            sentence = self._texts("shell-working", job=job.label)
        self._strip.show_progress(progress.done, progress.total, sentence=sentence.strip())

    def _on_cancelled(self) -> None:
        if self._jobs:
            self._jobs[-1].task.cancel()
