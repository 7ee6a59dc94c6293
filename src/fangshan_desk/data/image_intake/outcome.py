"""What the child makes of one file it takes."""

from dataclasses import dataclass, field

from fangshan_desk.data.image_intake.kinds import FileKind


@dataclass(frozen=True)
class Outcome:
    """Clean bytes, their kind and size, and a small picture for lists."""

    data: bytes = field(repr=False)
    mime: FileKind
    width: int
    height: int
    thumbnail_png: bytes = field(repr=False)
    pages: int = 1
    # The camera's own local time in ISO form, with an offset where the camera wrote one.
    taken_at: str | None = None
