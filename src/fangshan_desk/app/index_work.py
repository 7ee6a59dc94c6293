"""Works off what waits for the search index while the desk is open."""

from fangshan_desk.app.indexing import index_one_step
from fangshan_desk.data.desk_file import DeskFile
from fangshan_desk.domain.changes import Changes
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.tasks import Lane, Lanes

_INDEXED = frozenset({"enterprise", "enterprise_alias"})


class IndexWork:
    """Works the queue off step by step; what the person saves gets its turn between two steps."""

    def __init__(self, file: DeskFile, lanes: Lanes, operations: Operations) -> None:
        self._file = file
        self._lanes = lanes
        self._is_stopped = False
        operations.changed.connect(self._on_changed)

    def start(self) -> None:
        """Begin, or go on with the next step."""
        if not self._is_stopped:
            self._lanes.submit(
                lambda _control: index_one_step(self._file), lane=Lane.DATA, on_done=self._on_step_done
            )

    def stop(self) -> None:
        """End after the step that runs; the rest waits for the next start."""
        self._is_stopped = True

    def _on_step_done(self, taken: int) -> None:
        if taken:
            self.start()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if not _INDEXED.isdisjoint(changes.entities):
            self.start()
