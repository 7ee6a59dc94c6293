"""Refusals of the letters package, with sentences in `letters.ftl`."""

from fangshan_desk.domain.errors import ExpectedError


class MissingGlyphsError(ExpectedError):
    """No font of ours has these characters; printing them would leave blanks."""

    key = "error-letter-missing-glyphs"


class UnknownLetterKindError(ExpectedError):
    """This desk cannot print the kind: a newer one wrote it."""

    key = "error-letter-unknown-kind"


class UnreadableFontError(ExpectedError):
    """A font file is damaged or of a kind that cannot be embedded."""

    key = "error-letter-font-unreadable"


class MalformedCodeError(ExpectedError):
    """The text is no verification code."""

    key = "error-code-malformed"


class UnreadableScanError(ExpectedError):
    """The file is neither PDF, picture nor text that can be read."""

    key = "error-scan-unreadable"


class ScanTooLargeError(ExpectedError):
    """The picture has more pixels than a cheap laptop should be asked to hold."""

    key = "error-scan-too-large"
