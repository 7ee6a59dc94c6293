"""Refusals with a sentence for the person at the desk."""


class ExpectedError(Exception):
    """The job was refused; ``key`` names the sentence in `resources/text`, ``values`` fill it in.

    The sentence says what happened and what to do next. Nothing was changed.
    """

    key = "error-unnamed"

    def __init__(self, **values: object) -> None:
        super().__init__(self.key, values)
        self.values: dict[str, object] = values


class RecordNotFoundError(ExpectedError):
    """No record of this kind has this id (it may belong to another body)."""

    key = "error-record-not-found"


class InvalidFieldError(ExpectedError):
    """A field's value breaks its declaration: ``entity``, ``field``, ``rule``."""

    key = "error-invalid-field"
