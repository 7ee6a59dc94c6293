"""Letters, their numbers and what became of them, for screens and commands."""

from fangshan_desk.data.engine import Database


class SQLLetterReader:
    """`usecases.views.letters.LetterReader` over the encrypted file."""

    def __init__(self, database: Database) -> None:
        self._database = database
