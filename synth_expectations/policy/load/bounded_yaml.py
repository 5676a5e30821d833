"""A reader of YAML that refuses what is not a policy: tags, bombs of aliases, depth, size, bytes that are not text."""

from __future__ import annotations

import re
import stat
from calendar import monthrange
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, ScalarEvent
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scanner import RoundTripScanner

from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.plain_yaml import MAX_DEPTH, MAX_NODES, NotPlainError, read_plain_document

MAX_BYTES = 1_048_576
"""Bytes of one file. A policy of a thousand tables has a quarter of it; ruamel.yaml reads about 100 kB a second."""
_TOO_DEEP = f"it is nested too deeply, at most {MAX_DEPTH} levels are read"
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")


def read_text(path: Path) -> str:
    """Return the text of a file, with LF as line ends, without a byte order mark.

    Raises:
        PolicyError: it cannot be read, is too large, or is not UTF-8.
    """
    file = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "Is a directory" if path.is_dir() else "Is not a file"
            raise PolicyError(f"It cannot be read: {kind}.", "Check the path.", file)
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        hint = "Start one with: synth-expectations init" if path.name == "policy.yml" else "Check the path."
        raise PolicyError("There is no such file.", hint, file) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PolicyError(f"It cannot be read: {reason}.", "Check the path.", file) from None
    if len(content) > MAX_BYTES:
        raise PolicyError(
            f"It is larger than {MAX_BYTES // 1024:,} KiB.", "Divide it: `include` names further files.", file
        )
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise PolicyError("It is not UTF-8 text.", "Save it as UTF-8.", file) from None


def parse(text: str, file: str, reader: YAML | None = None) -> Any:
    """Return what ruamel.yaml makes of a text, with lines and comments; None if it is empty.

    Args:
        text: of the file.
        file: its name, for errors.
        reader: a round-trip reader; None for one with its defaults.

    Raises:
        PolicyError: it is not YAML, or holds what no policy does.
    """
    reader = reader or YAML()
    reader.Composer = _BoundedComposer
    reader.Scanner = _BoundedScanner
    try:
        return reader.load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = (error.problem or error.context or "something is wrong").split(" with value")[0]
        hint = "Keep one of them." if "duplicate key" in problem else "Fix it first."
        raise PolicyError(f"It is not valid YAML: {problem}.", hint, file, line) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        letter = text[error.position : error.position + 1]
        raise PolicyError(f"It is not valid YAML: it holds the character {letter}.", "Remove it.", file, line) from None
    except YAMLError as error:
        raise PolicyError(f"It is not valid YAML: {error}.", "Fix it first.", file) from None
    except RecursionError:
        raise PolicyError("It is nested too deeply.", f"At most {MAX_DEPTH} levels are read.", file) from None
    except Exception as error:  # noqa: BLE001 - a date that is none, a list as a key: ruamel.yaml raises what it meets
        if day := _find_impossible_day(text):
            value, line = day
            raise PolicyError(f"{value} is not a day.", 'Write it in quotes, as "2027-03-31".', file, line) from None
        reason = str(error) if isinstance(error, ValueError) else "a key or value of it cannot be read"
        raise PolicyError(f"It is not valid YAML: {reason}.", "Fix it first.", file) from None


def _find_impossible_day(text: str) -> tuple[str, int] | None:
    """Return the first value without quotes that looks like a day and is none, and its line; None if there is none."""
    for event in YAML().parse(text):
        if isinstance(event, ScalarEvent) and event.style is None and (match := _DAY.match(event.value)):
            year, month, day = map(int, match.groups())
            if not (1 <= month <= 12 and year and 1 <= day <= monthrange(year, month)[1]):
                return event.value, event.start_mark.line + 1
    return None


def parse_plainly(text: str, file: str) -> Any:
    """Return what a text holds, without lines and comments: what libyaml reads ten times as fast, if it is plain.

    Whatever could be read in two ways, or costs more than its size, goes through `parse`: tags, anchors, merges, another
    version of YAML, and what is wrong, so that the error is the same.

    Args:
        text: of the file.
        file: its name, for errors.

    Raises:
        PolicyError: it is not YAML, or holds what no policy does.
    """
    try:
        return read_plain_document(text).data
    except NotPlainError:
        return parse(text, file)


class _NotAPolicyError(MarkedYAMLError):
    """Something that YAML allows and a policy does not."""

    def __init__(self, problem: str, mark: Any) -> None:
        super().__init__(None, None, problem, mark)


class _BoundedScanner(RoundTripScanner):
    """A scanner that stops at too many brackets: it reads far ahead of the composer, in time that grows with them."""

    def fetch_flow_collection_start(self, TokenClass: Any, to_push: str) -> None:  # noqa: N803 - ruamel.yaml's name
        """Begin a list or a mapping in brackets.

        Raises:
            MarkedYAMLError: it stands in too many others.
        """
        if self.flow_level >= MAX_DEPTH:
            raise _NotAPolicyError(_TOO_DEEP, self.reader.get_mark())
        super().fetch_flow_collection_start(TokenClass, to_push)


class _BoundedComposer(Composer):
    """A composer that counts while it reads, so that nothing large is ever built."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader=loader)
        self._level = 0
        self._nodes = 0
        self._sizes: dict[int, int] = {}
        """Nodes below each node that has an anchor, itself included."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node.

        Raises:
            MarkedYAMLError: it has a tag, is too deep, or its aliases stand for too much, or for what they are part of.
        """
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent):
            node = super().compose_node(parent, index)
            if id(node) not in self._sizes:
                raise _NotAPolicyError(f"the alias *{event.anchor} is part of what it stands for", event.start_mark)
            self._count(self._sizes[id(node)], event.start_mark)
            return node
        if (tag := getattr(event, "tag", None)) is not None:
            raise _NotAPolicyError(f"the tag {tag} does not belong here", event.start_mark)
        if self._level >= MAX_DEPTH:
            raise _NotAPolicyError(_TOO_DEEP, event.start_mark)
        before = self._nodes
        self._count(1, event.start_mark)
        self._level += 1
        node = super().compose_node(parent, index)
        self._level -= 1
        if event.anchor is not None:
            self._sizes[id(node)] = self._nodes - before
        return node

    def _count(self, more: int, mark: Any) -> None:
        self._nodes += more
        if self._nodes > MAX_NODES:
            raise _NotAPolicyError(f"it holds more than {MAX_NODES:,} values, aliases included", mark)
