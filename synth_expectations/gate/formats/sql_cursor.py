"""A cursor over the tokens of SQL, which takes names and plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from synth_expectations.gate.formats.sql_tokens import SqlText, Token, TokenKind
from synth_expectations.gate.model import UnreadFileError

AFTER_VALUE = frozenset({"FROM", "UNION", "WHERE", "INSERT", "SELECT", "GO", "ON"})
"""Words that end a value which stands in no brackets."""
_WORDS = {"NULL": None, "TRUE": "true", "FALSE": "false", "DEFAULT": None}
_PLAIN = frozenset({TokenKind.TEXT, TokenKind.NUMBER})
_MAX_COLUMNS = 50_000


class SqlExpression(NamedTuple):
    """A value as it is written: its first and last token, how many it has, and whether brackets show that it is computed."""

    first: Token | None
    last: Token | None
    length: int
    is_computed: bool

    @property
    def value(self) -> str | None:
        """The plain value; None if it is computed or NULL."""
        return None if self.first is None or self.is_computed else read_plain(self.first)

    @property
    def called(self) -> str:
        """What follows it as its name: `'Ann' AS first_name`, `s.first_name`; empty if there is none."""
        is_called = self.last is not None and self.length > 1 and self.last.kind in {TokenKind.NAME, TokenKind.WORD}
        return self.last.value if self.last is not None and is_called else ""


@dataclass
class SqlCursor:
    """The place in a text of SQL that is read next.

    Attributes:
        sql: the text.
        token: the next token; None at the end.
    """

    sql: SqlText
    token: Token | None = None

    def next(self) -> None:
        """Go to the next token."""
        self.token = self.sql.take()

    def word(self) -> str:
        """Return the word here in upper case; empty if there is none."""
        return self.token.value.upper() if self.token and self.token.kind is TokenKind.WORD else ""

    def is_sign(self, sign: str) -> bool:
        """Return whether a sign stands here."""
        return self.token is not None and self.token.kind is TokenKind.SIGN and self.token.value == sign

    def is_name(self) -> bool:
        """Return whether a name or a word stands here."""
        return self.token is not None and self.token.kind in {TokenKind.NAME, TokenKind.WORD}

    def take_word(self, *words: str) -> bool:
        """Go past a word if it is one of these, and return whether it was."""
        if self.word() not in words:
            return False
        self.next()
        return True

    def take_name(self) -> str:
        """Return the last part of a name, such as that of `public.customers`; empty if there is none."""
        name = ""
        while self.token is not None and self.is_name():
            name = self.token.value
            self.next()
            if not self.is_sign("."):
                break
            self.next()
        return name

    def take_names(self) -> list[str]:
        """Return names in brackets; an empty list if there are none."""
        names: list[str] = []
        if self.is_sign("("):
            self.next()
            while name := self.take_name():
                names.append(name)
                require_few(names)
                if not self.is_sign(","):
                    break
                self.next()
            if not self.is_sign(")"):
                return []
            self.next()
        return names

    def take_value(self, ending_words: frozenset[str] = frozenset()) -> str | None:
        """Return a value, and go to what ends it: a comma, a bracket, a semicolon or a word; a computed one is None."""
        first = self.token
        if first is not None and first.kind in _PLAIN:
            self.next()
            if self.token is None or (self.token.kind is TokenKind.SIGN and self.token.value in ",;)"):
                return first.value
            if first.kind is TokenKind.TEXT:
                first = self._join_texts(first)
            return self.take_expression(ending_words, first).value
        return self.take_expression(ending_words).value

    def _join_texts(self, first: Token) -> Token:
        """Return a text with those that are joined to it: `'ann@' || 'shop.example'`, `'ann@' + 'shop.example'`."""
        parts = [first.value]
        while self.token is not None:
            while self.is_sign("|") or self.is_sign("+"):
                self.next()
            if self.token is None or self.token.kind is not TokenKind.TEXT:
                break
            parts.append(self.token.value)
            self.next()
        return Token(TokenKind.TEXT, "".join(parts))

    def take_expression(self, ending_words: frozenset[str] = frozenset(), first: Token | None = None) -> SqlExpression:
        """Return a value as it is written, and go to what ends it.

        Args:
            ending_words: that end it.
            first: its first token, if that was taken.
        """
        last, length, depth = first, int(first is not None), 0
        is_computed = False
        while self.token is not None:
            kind, text = self.token
            if depth == 0 and ((kind is TokenKind.SIGN and text in ",;)") or self.word() in ending_words):
                break
            if kind is TokenKind.SIGN and text in "()":
                depth += 1 if text == "(" else -1
                is_computed = True
            first, last = first or self.token, self.token
            length += 1
            self.next()
        return SqlExpression(first, last, length, is_computed)

    def take_values(self) -> list[str | None]:
        """Return the values of a row; a computed one is None.

        Raises:
            UnreadFileError: the row is not closed.
        """
        values: list[str | None] = []
        while not values or self.is_sign(","):
            self.next()
            values.append(self.take_value())
            require_few(values)
        if not self.is_sign(")"):
            raise UnreadFileError("it ends within a row" if self.token is None else "a row of it is not closed")
        self.next()
        return values

    def leave_brackets(self) -> None:
        """Go past the bracket that closes what was opened."""
        depth = 1
        while self.token is not None:
            depth += self.is_sign("(") - self.is_sign(")")
            self.next()
            if depth == 0:
                return


def read_plain(token: Token) -> str | None:
    """Return the value that a token is; None if it is none, or NULL."""
    if token.kind is TokenKind.WORD:
        return _WORDS.get(token.value.upper())
    return None if token.kind is TokenKind.SIGN else token.value


def require_few(columns: list[Any]) -> None:
    """Refuse a statement of very many columns.

    Raises:
        UnreadFileError: there are too many.
    """
    if len(columns) > _MAX_COLUMNS:
        raise UnreadFileError(f"a statement of it has more than {_MAX_COLUMNS:,} columns")
