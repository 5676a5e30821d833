"""How text is compared, in SQL; `rules.folding` says what counts.

Every text is trimmed, lowered and composed: on DuckDB these three keep a column's dictionary, and cost ASCII text nothing.
What else does not count in a name is folded for text beyond ASCII alone, since to ask for it costs as much as to trim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.translations import call, is_column
from synth_expectations.engine.rendering import UNCLEAN
from synth_expectations.engine.trees import choose
from synth_expectations.rules.expressions import literal
from synth_expectations.rules.folding import (
    ASCII_WHITE_SPACE,
    FULL_WIDTH,
    INVISIBLE,
    LONGER,
    SPACES,
    WHITE_SPACE,
    WHITE_SPACE_CLASS,
    small_letters,
    twins,
)

_NOT_ASCII = f"[^{chr(1)}-{chr(127)}]"
_FULL_WIDTH = f"[{min(FULL_WIDTH)}-{max(FULL_WIDTH)}]"


def strip(value: exp.Expr) -> exp.Expr:
    """Return a text without the white space around it."""
    return exp.Trim(this=value, expression=literal(WHITE_SPACE))


def is_white_space(value: exp.Expr) -> exp.Expr:
    """Return whether a text is empty or holds white space only; NULL of NULL."""
    return exp.RegexpLike(this=value.copy(), expression=literal(f"^[{WHITE_SPACE_CLASS}]*$"))


def is_ascii(value: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return whether a text has ASCII characters only."""
    if dialect.encoding:  # one byte a character tells nothing where all characters have one
        return exp.Not(this=exp.RegexpLike(this=value.copy(), expression=literal(_NOT_ASCII)))
    return exp.EQ(this=exp.ByteLength(this=value.copy()), expression=exp.Length(this=value.copy()))


def fold(trimmed: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a trimmed text in small letters, its letters and accents composed where the engine has a function for it."""
    column = trimmed.this
    if dialect.is_plain_text is None or not (isinstance(trimmed, exp.Trim) and is_column(column)):
        return dialect.compose(dialect.lower(trimmed))
    trimmed.meta[UNCLEAN] = True
    # of ASCII every locale makes the same letters, but for those of `dialect.lower`
    small = exp.Lower(this=column.copy())
    return choose((dialect.is_plain_text(column), small), otherwise=dialect.compose(dialect.lower(trimmed)))


def fold_any(value: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a text, of which some is not ASCII, with all that does not count in a name folded."""
    folded = value.copy()
    if not dialect.encoding:
        is_wide = exp.RegexpLike(this=value.copy(), expression=literal(_FULL_WIDTH))
        folded = choose((is_wide, translate(folded, FULL_WIDTH, dialect)), otherwise=value.copy())
    folded = _replace_any(folded, INVISIBLE, "", dialect)
    compose = dialect.compose_any or dialect.compose
    folded = compose(dialect.lower_any(folded, encodable(small_letters(), dialect)))
    folded = _replace_any(translate(folded, twins(), dialect), SPACES, " ", dialect)
    for written, equal in encodable(LONGER, dialect).items():
        folded = call("REPLACE", folded, literal(written), literal(equal))
    return exp.Trim(this=folded, expression=literal(ASCII_WHITE_SPACE))


def _replace_any(text: exp.Expr, characters: str, substitute: str, dialect: Dialect) -> exp.Expr:
    return exp.RegexpReplace(
        this=text, expression=literal(f"[{dialect.encode_class(characters)}]"), replacement=literal(substitute)
    )


def translate(text: exp.Expr, table: Mapping[str, str], dialect: Dialect) -> exp.Expr:
    """Return a text with each letter of a table replaced by its substitute; letters with an empty one are dropped."""
    pairs = sorted(encodable(table, dialect).items(), key=lambda pair: not pair[1])  # what is dropped stands last
    letters, substitutes = ("".join(part) for part in zip(*pairs, strict=True)) if pairs else ("", "")
    return call("TRANSLATE", text, literal(letters), literal(substitutes)) if letters else text


def encodable(table: Mapping[str, str], dialect: Dialect) -> dict[str, str]:
    """Return the part of a table that the database's encoding can hold: other letters may not stand in its SQL."""
    return {letter: equal for letter, equal in table.items() if dialect.encode(letter + equal) == letter + equal}


def join(parts: Iterable[exp.Expr], separator: str) -> exp.Expr:
    """Return several texts as one; NULL where one is, as `||` has it: a key with a missing part matches nothing."""
    joined, *others = parts
    for other in others:
        if separator:
            joined = exp.DPipe(this=joined, expression=literal(separator))
        joined = exp.DPipe(this=joined, expression=other)
    return joined


def read_after(value: exp.Expr, part: exp.Expr, place: int) -> exp.Expr:
    """Return what follows after a part at a place; NULL where another part stands there or either is NULL."""
    length = exp.Length(this=part.copy())
    stands = exp.Substring(this=value.copy(), start=literal(place), length=length)
    after = exp.Add(this=length.copy(), expression=literal(place))
    rest = exp.Substring(this=value.copy(), start=after)
    return choose((exp.EQ(this=stands, expression=part.copy()), rest))
