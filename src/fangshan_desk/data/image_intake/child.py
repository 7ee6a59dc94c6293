"""The child process: reads one foreign file at a time from a pipe and answers with clean bytes."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from fangshan_desk.data.image_intake import messages
from fangshan_desk.data.image_intake.kinds import FileKind
from fangshan_desk.data.image_intake.limits import Allowance, restrict_this_process
from fangshan_desk.data.image_intake.refusals import IntakeRefusedError

if TYPE_CHECKING:
    from fangshan_desk.data.image_intake.outcome import Outcome

# Hidden argument of the frozen program, which has no interpreter to call.
CHILD_ARGUMENT = "--intake-child"


def child_main(argv: Sequence[str]) -> int:
    """Serve until the parent closes the pipe; ``argv`` holds the program's arguments and is not needed."""
    del argv
    questions, answers = _own_pipes()
    restrict_this_process()
    # Loaded only here: the parent never holds a decoder.
    from fangshan_desk.data.image_intake import pictures

    pictures.forbid_large_pictures()
    with open(os.devnull, "w") as nowhere:
        allowance = Allowance(nowhere)
        while (question := _next(questions)) is not None:
            with allowance:
                answer = _answer(question)
            for piece in messages.packed(answer):
                answers.write(piece)
            answers.flush()
    return 0


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    questions, answers = os.dup(0), os.dup(1)
    # A decoder's chatter on standard output must not become part of an answer.
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(questions, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    return os.fdopen(questions, "rb"), os.fdopen(answers, "wb")


def _next(questions: BinaryIO) -> messages.Message | None:
    def read(count: int) -> bytes:
        piece = questions.read(count)
        if len(piece) < count:
            raise EOFError
        return piece

    try:
        return messages.unpacked(read)
    except EOFError:
        return None


def _answer(question: messages.Message) -> messages.Message:
    kind = FileKind(str(question.head["kind"]))
    try:
        outcome = _worked(kind, question.parts[0])
    except IntakeRefusedError as refusal:
        return messages.Message(head={"refused": refusal.key, "values": refusal.values})
    fields: dict[str, object] = {
        "mime": outcome.mime,
        "width": outcome.width,
        "height": outcome.height,
        "pages": outcome.pages,
        "taken_at": outcome.taken_at,
    }
    return messages.Message(head=fields, parts=(outcome.data, outcome.thumbnail_png))


def _worked(kind: FileKind, data: bytes) -> "Outcome":
    if kind is FileKind.PDF:
        from fangshan_desk.data.image_intake import documents

        return documents.examined(data)
    from fangshan_desk.data.image_intake import pictures

    return pictures.cleaned(kind, data)
