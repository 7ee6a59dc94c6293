"""Collects log records at WARNING and above, and says which ones no test expected."""

import logging


class LogWatch(logging.Handler):
    """Sits on the root logger during one test."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: list[str] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def expect(self, text: str) -> None:
        """A record whose message contains the text must come, and may."""
        self._expected.append(text)

    def complaints(self) -> list[str]:
        """Records nobody expected, and expectations nobody met."""
        strays = [line for line in self._seen if not any(text in line for text in self._expected)]
        missing = [text for text in self._expected if not any(text in line for line in self._seen)]
        return [f"unexpected log record: {line}" for line in strays] + [
            f"expected log record never came: {text}" for text in missing
        ]
