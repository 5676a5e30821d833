#!/usr/bin/env python3
"""Verify a pack: python3 verify.py [DIRECTORY] [--key signer.pub] [--manifest SHA256] [--head SHA256] [--tsa-root ROOT.pem].

It needs Python 3.9 or later, nothing but its standard library, and for --key and --tsa-root the command openssl. It reads
the directory into which the pack was unzipped, and changes nothing.

    --key FILE       the public key of who signed the manifest (PEM); get it from the signer, not from the pack
    --sign-off FILE  a sign-off of the period, which came beside the pack, in the place of MANIFEST.dsse.json
    --manifest HEX   what `sha256sum MANIFEST.json` printed where the pack was made; get it from there, not from the pack
    --head HEX       the SHA-256 of a header of the ledger that you know from elsewhere: the pack must have it
    --tsa-root FILE  the root certificate (PEM) of the authority that stamped the ledger; get it from the authority
    --original FILE --pseudonym-key FILE
                     a result that the controller shows you, and the key of the pseudonyms: is it the one in the pack?

Exit codes: 0 verified, 1 altered, missing or contradicting, 2 cannot be judged: nobody vouches for the manifest, or the
time stamps of the ledger cannot be verified without --tsa-root.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

UNLISTED = {"MANIFEST.json", "SHA256SUMS", "MANIFEST.dsse.json"}
"""Files that the manifest cannot list: itself, and what is made of it."""
ALWAYS_INCLUDED = {
    "ledger_opened", "policy_approved", "policy_revoked", "key_added", "key_revoked", "recovery",
    "finding_accepted", "finding_false_positive", "disposition_revoked",
}  # fmt: skip
"""Kinds of entries whose bodies are in every pack, whatever its period."""
KEY_LISTS = ("partial_unexpected_index_list", "unexpected_index_list", "partial_unexpected_list", "unexpected_list")
"""Members of a result that list record keys, or what Great Expectations itself puts in their place."""
PACK, SIGN_OFF = "urn:synth-expectations:evidence-pack/v1", "urn:synth-expectations:signoff/v1"
STATEMENT = "application/vnd.in-toto+json"
PSEUDONYM = re.compile("p:[0-9a-f]{32}")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
STATUSES = (
    "contrary", "inconclusive", "not read", "not run", "manual open", "excluded", "nothing to check", "supports in part",
    "manual done", "supports", "not yet in force", "no longer",
)  # fmt: skip
VERDICTS = ("passed", "failed", "errored", "nothing_to_check")


# What the pack's maker shares with its verifier: how a record key and a cell of a table are written.


def pseudonymise_result(content: bytes, digest: str, key: bytes) -> bytes | None:
    """Return a copy of a result with a pseudonym for each record key; None if it holds none.

    Args:
        content: the result, as JSON.
        digest: its SHA-256.
        key: what the pseudonyms are made with.

    Returns:
        The text of json.dumps(…, indent=1, sort_keys=True), with a line end: the same in every version of Python.
    """
    result = json.loads(content)
    if not isinstance(result, (dict, list)) or not _replace_keys(result, lambda text: make_pseudonym(text, key)):
        return None
    document = {
        "schema": "pseudonymised-result/1",
        "original_sha256": digest,
        "pseudonym_key_id": make_key_id(key),
        "result": result,
    }
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def make_pseudonym(text: str, key: bytes) -> str:
    """Return the pseudonym of a record key: "p:", and the first 32 digits of the HMAC-SHA-256 of its text."""
    return "p:" + hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


def make_key_id(key: bytes) -> str:
    """Return what names a key of pseudonyms without giving it away."""
    return hashlib.sha256(b"synth-expectations pseudonym key" + key).hexdigest()[:16]


def find_record_keys(node: Any) -> list[str]:
    """Return the record keys of a result, as text."""
    keys: list[str] = []

    def keep(text: str) -> str:
        keys.append(text)
        return text

    _replace_keys(json.loads(json.dumps(node)), keep)
    return keys


def _replace_keys(node: Any, replace: Callable[[str], str]) -> int:
    """Replace the record keys below a node in place, and return how many there were."""
    if isinstance(node, list):
        return sum(_replace_keys(item, replace) for item in node)
    if not isinstance(node, dict):
        return 0
    count = 0
    for name, child in node.items():
        if name in KEY_LISTS:
            node[name], replaced = _replace_leaves(child, replace)
        elif name == "partial_unexpected_counts" and isinstance(child, list):
            replaced = sum(_replace_member(item, "value", replace) for item in child if isinstance(item, dict))
        elif name == "sample" and isinstance(child, dict) and child.get("key") != "column":
            replaced = _replace_member(child, "values", replace) + _replace_member(child, "by_rule", replace)
        else:
            replaced = _replace_keys(child, replace)
        count += replaced
    return count


def _replace_member(node: dict[str, Any], name: str, replace: Callable[[str], str]) -> int:
    if name not in node:
        return 0
    node[name], count = _replace_leaves(node[name], replace)
    return count


def _replace_leaves(node: Any, replace: Callable[[str], str]) -> tuple[Any, int]:
    """Return a node with each text, number and boolean replaced; names of members are of columns or rules, and stay."""
    if isinstance(node, list):
        pairs = [_replace_leaves(item, replace) for item in node]
        return [item for item, _ in pairs], sum(count for _, count in pairs)
    if isinstance(node, dict):
        named = {name: _replace_leaves(item, replace) for name, item in node.items()}
        return {name: item for name, (item, _) in named.items()}, sum(count for _, count in named.values())
    if node is None:
        return None, 0
    return replace(node if isinstance(node, str) else json.dumps(node)), 1


def format_cell(value: Any) -> str:
    """Return a value as a cell of a table: a text that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value)
    is_formula = text.lstrip(" ").startswith(FORMULA)
    text = INVISIBLE.sub(lambda match: ascii(match[0])[1:-1], text)
    return "'" + text if is_formula else text


def find_state(plan: dict[str, Any], run: dict[str, Any]) -> str:
    """Return what a run says of a planned check that has no result: `not read` or `not run`."""
    unread = any(source["table"] == plan["table"] and not source["read"] for source in run["inputs"])
    return "not read" if unread and plan["selected"] and run["phase"] == "finished" else "not run"


# Verification


class Pack:
    """A pack in a directory, and what is wrong with it."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self.failures: list[str] = []
        self.notes: list[str] = []
        self.digests: dict[str, str] = {}
        self.manifest: dict[str, Any] = {}
        self.headers: list[tuple[dict[str, Any], str]] = []
        self.runs: list[dict[str, Any]] = []
        self.results: dict[str, Any] = {}
        self.anchoring = "Not anchored: unaltered as far as its owner is trusted."
        self.is_unstamped = False

    def fail(self, sentence: str) -> None:
        """Keep what is altered, missing or contradicting."""
        self.failures.append(sentence)

    def read(self, path: str) -> bytes:
        """Return the content of a file of the pack."""
        with open(os.path.join(self.directory, path), "rb") as file:
            return file.read()

    def read_json(self, path: str) -> Any:
        """Return a document of the pack; None, and a failure, if it is missing or no JSON."""
        try:
            return json.loads(self.read(path))
        except (OSError, ValueError):
            self.fail(f"{path} is missing, or no JSON.")
            return None

    def read_object(self, digest: str) -> Any:
        """Return the document of an object; None, and a failure, if it is missing or no JSON."""
        return self.read_json(f"objects/{digest}")

    def read_result(self, digest: str) -> Any:
        """Return a result, or its copy with pseudonyms; None if the pack has none. It is read once."""
        if digest not in self.results:
            self.results[digest] = self._read_result(digest)
        return self.results[digest]

    def _read_result(self, digest: str) -> Any:
        path = f"pseudonymised/{digest}.json"
        if path not in self.digests:
            return self.read_object(digest) if f"objects/{digest}" in self.digests else None
        document = self.read_json(path)
        if not isinstance(document, dict) or document.get("original_sha256") != digest:
            self.fail(f"{path} does not name the object that it stands for.")
            return None
        if not all(PSEUDONYM.fullmatch(key) for key in find_record_keys(document["result"])):
            self.fail(f"{path} holds a record key that is not a pseudonym.")
        return document["result"]


def verify_files(pack: Pack) -> None:
    """Hold the files against MANIFEST.json and SHA256SUMS."""
    for root, directories, names in os.walk(pack.directory):
        directories.sort()
        for name in sorted(names):
            path = os.path.relpath(os.path.join(root, name), pack.directory).replace(os.sep, "/")
            pack.digests[path] = hashlib.sha256(pack.read(path)).hexdigest()
    manifest = pack.read_json("MANIFEST.json")
    if not isinstance(manifest, dict) or manifest.get("schema") != "pack/1":
        pack.fail("MANIFEST.json is not the manifest of a pack that this script knows (pack/1).")
        return
    pack.manifest = manifest
    listed = {path: about["sha256"] for path, about in manifest["files"].items()}
    sums = {}
    for line in pack.read("SHA256SUMS").decode().splitlines() if "SHA256SUMS" in pack.digests else []:
        digest, _, path = line.partition("  ")
        if path in sums:
            pack.fail(f"SHA256SUMS lists {path} twice.")
        sums[path] = digest
    _compare_files(pack, "MANIFEST.json", listed, UNLISTED)
    _compare_files(pack, "SHA256SUMS", sums, UNLISTED - {"MANIFEST.json"})
    for path, about in manifest["files"].items():
        if path in pack.digests and os.path.getsize(os.path.join(pack.directory, path)) != about["bytes"]:
            pack.fail(f"{path} has a different size than MANIFEST.json says.")


def _compare_files(pack: Pack, name: str, listed: dict[str, str], unlisted: set[str]) -> None:
    for path in sorted(set(listed) | set(pack.digests) - unlisted):
        if path not in pack.digests:
            pack.fail(f"{path} is missing: {name} lists it.")
        elif path not in listed:
            pack.fail(f"{path} is not listed in {name}.")
        elif listed[path] != pack.digests[path]:
            pack.fail(f"{path} was altered: its SHA-256 is not that of {name}.")


def verify_headers(pack: Pack, known_head: str | None) -> None:
    """Hold each header of the ledger against the one before, and the last one against the manifest."""
    former, last_at, digests = "0" * 64, "", []
    lines = pack.read("ledger/headers.jsonl").split(b"\n") if "ledger/headers.jsonl" in pack.digests else [b""]
    if lines.pop() != b"":
        pack.fail("ledger/headers.jsonl does not end with a line end: it was cut.")
    for number, line in enumerate(lines, start=1):
        try:
            header = json.loads(line)
            seq, prev, at = header["seq"], header["prev"], header["at"]
        except (ValueError, KeyError, TypeError):
            pack.fail(f"ledger/headers.jsonl, line {number} is not a header.")
            return
        if seq != number:
            pack.fail(f"ledger/headers.jsonl, line {number} is entry {seq}: an entry was removed, swapped or doubled.")
        if prev != former:
            pack.fail(f"Entry {seq} does not name the header before it: one of the two was altered, or removed.")
        if at < last_at:
            pack.notes.append(f"Entry {seq} is dated before entry {seq - 1}: a clock was set back.")
        former, last_at = hashlib.sha256(line).hexdigest(), at
        digests.append(former)
        pack.headers.append((header, former))
    head = pack.manifest["head"]
    if (len(digests), former) != (head["seq"], head["sha256"]):
        pack.fail(
            f"The last header is entry {len(digests)}, {former}: MANIFEST.json names entry {head['seq']}, {head['sha256']}."
        )
    if known_head and known_head not in digests:
        pack.fail(f"No header has the SHA-256 {known_head} (--head): the ledger was cut or rewritten.")


def verify_bodies(pack: Pack) -> None:
    """Hold the objects against their names, and the entries against their bodies."""
    for path, digest in sorted(pack.digests.items()):
        folder, _, name = path.partition("/")
        stem = name.split(".")[0].split("-")[-1]
        if folder in ("objects", "policy") and stem != digest:
            pack.fail(f"{path} is not the object of that name: its SHA-256 is {digest}.")
        if folder == "controls" and not digest.startswith(stem):
            pack.fail(f"{path} is not the file of that name: its SHA-256 is {digest}.")
    period, runs = pack.manifest["period"], pack.manifest["runs"]
    ends = {about["finished"] for about in runs.values()}
    redactions = set(pack.manifest["redacted"].values())
    for header, _ in pack.headers:
        is_dated = period["from"] <= header["at"][:10] <= period["to"]
        is_included = is_dated or header["kind"] in ALWAYS_INCLUDED or header["seq"] in ends | redactions
        if is_included and f"objects/{header['body_sha256']}" not in pack.digests:
            _require(pack, header["body_sha256"], f"the body of entry {header['seq']} ({header['kind']})")
    for digest, seq in pack.manifest["redacted"].items():
        bodies = [
            pack.read(f"objects/{header['body_sha256']}")
            for header, _ in pack.headers
            if header["seq"] == seq
            and header["kind"] == "redaction"
            and f"objects/{header['body_sha256']}" in pack.digests
        ]
        if not any(digest.encode() in body for body in bodies):
            pack.fail(f"The object {digest} is listed as redacted, but entry {seq} does not say so.")


def _require(pack: Pack, digest: str, name: str) -> None:
    """Fail if an object is in the pack in no form."""
    if digest in pack.manifest["redacted"]:
        note = f"Redacted, on record: {digest}, by entry {pack.manifest['redacted'][digest]}."
        if note not in pack.notes:
            pack.notes.append(note)
    elif f"objects/{digest}" not in pack.digests and f"pseudonymised/{digest}.json" not in pack.digests:
        pack.fail(f"objects/{digest} is missing: {name}.")


def verify_runs(pack: Pack) -> None:
    """Hold what a run did against what it planned at its start, and its results against its record."""
    period = pack.manifest["period"]
    runs: dict[str, Any] = {}
    started: dict[str, dict[str, Any]] = {}
    for header, _ in pack.headers:
        is_dated = period["from"] <= header["at"][:10] <= period["to"]
        if (
            header["kind"] not in ("run_started", "run_finished")
            or f"objects/{header['body_sha256']}" not in pack.digests
        ):
            continue
        record = pack.read_object(header["body_sha256"])
        name = record["run_id"]
        if header["kind"] == "run_started" and is_dated:
            if name in runs:
                pack.fail(f"Run {name} was started twice: entries {runs[name]['started']} and {header['seq']}.")
            runs[name] = {"started": header["seq"], "finished": None}
            started[name] = record
        elif header["kind"] == "run_finished" and name in runs:
            if runs[name]["finished"]:
                pack.fail(f"Run {name} ended twice: entries {runs[name]['finished']} and {header['seq']}.")
            runs[name]["finished"] = header["seq"]
            _compare_plans(pack, started[name], record)
            started[name] = record
        elif header["kind"] == "run_finished" and is_dated:
            pack.notes.append(f"Run {name} ended in this period, and started before it: see the pack of that period.")
    if runs != pack.manifest["runs"]:
        pack.fail("MANIFEST.json does not name the runs that the ledger has in this period.")
    pack.runs = [{**record, "entries": runs[name]} for name, record in started.items()]
    for run in pack.runs:
        _verify_results(pack, run)


def _compare_plans(pack: Pack, start: dict[str, Any], end: dict[str, Any]) -> None:
    for name in ("project_uuid", "checkpoint", "plan", "as_of", "started_at", "suites", "controls"):
        if start[name] != end[name]:
            pack.fail(f"Run {start['run_id']}: {name} at its end is not that of its start.")
    if (start["policy"] or {}).get("sha256") != (end["policy"] or {}).get("sha256"):
        pack.fail(f"Run {start['run_id']}: the policy at its end is not that of its start.")


def _verify_results(pack: Pack, run: dict[str, Any]) -> None:
    name = run["run_id"]
    plans = Counter(_name_check(plan) for plan in run["plan"])
    for check, count in plans.items():
        if count > 1 and check[3]:
            pack.fail(f"Run {name} plans {check[2]} on {check[0]} twice.")
    counts = Counter(_name_check(result) for result in run["results"])
    for result in run["results"]:
        label = f"run {name}, {result['type']} on {result['table']}"
        if counts[_name_check(result)] > plans[_name_check(result)]:
            pack.fail(f"The result of {label} was not planned, or is there twice.")
        if is_in_scope(pack.manifest["scope"], result):
            for member in ("result_sha256", "sql_sha256"):
                if result[member]:
                    _require(pack, result[member], f"{member} of {label}")
            if result["result_sha256"]:
                _compare_result(pack, result, label)
    errored = {table["table"] for table in run["tables"] if table["error"]}
    for plan in run["plan"]:
        is_explained = run["phase"] == "started" or run["errors"] or plan["table"] in errored
        if plan["selected"] and not counts[_name_check(plan)] and not is_explained:
            pack.fail(f"Run {name} planned {plan['type']} on {plan['table']}: it has no result, and no error says why.")
    if run["policy"]:
        _verify_policy(pack, run)


def _verify_policy(pack: Pack, run: dict[str, Any]) -> None:
    policy = run["policy"]
    if policy["approval_entry"]:
        _verify_approval(pack, run)
    for digest in [policy["sha256"], *policy["files"].values()]:
        if f"policy/{digest}.yml" not in pack.digests:
            pack.fail(f"policy/{digest}.yml is missing: the policy of run {run['run_id']}.")


def _verify_approval(pack: Pack, run: dict[str, Any]) -> None:
    """Hold the approval that a run names against the entry: its kind, its place before the run, and its policy."""
    seq, policy = run["policy"]["approval_entry"], run["policy"]["sha256"]
    header = next((header for header, _ in pack.headers if header["seq"] == seq), None)
    if not header or header["kind"] != "policy_approved" or seq > run["entries"]["started"]:
        pack.fail(f"Run {run['run_id']}: entry {seq} is not an approval from before its start.")
    elif f"objects/{header['body_sha256']}" in pack.digests:
        body = pack.read(f"objects/{header['body_sha256']}")
        signed = [base64.b64decode(text) for text in re.findall(rb'"payload":\s*"([A-Za-z0-9+/=]+)"', body)]
        if not any(policy.encode() in text for text in [body, *signed]):
            pack.fail(f"Run {run['run_id']}: entry {seq} approves another policy than {policy}.")


def _name_check(check: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return what names a planned check and its result; the ids of a suite of someone else's may be empty."""
    return check["table"], check["scope"], check["type"], check["expectation_id"]


def is_in_scope(scope: dict[str, list[str]], result: dict[str, Any]) -> bool:
    """Return whether the pack is about a result: its table, and the requirements for which it is evidence."""
    regulations = {evidence["regulation"] for evidence in result["evidence"]}
    return (not scope["tables"] or result["table"] in scope["tables"]) and (
        not scope["regulations"] or not regulations.isdisjoint(scope["regulations"])
    )


def _compare_result(pack: Pack, result: dict[str, Any], label: str) -> None:
    """Hold the record of a result against what Great Expectations stored: its counts, and its parameters."""
    stored = pack.read_result(result["result_sha256"])
    evaluated = stored.get("results", [stored]) if isinstance(stored, dict) else []
    configured = [content.get("expectation_config") or {} for content in evaluated]
    this = (result["expectation_id"], result["type"])
    if any(configured) and result["verdict"] != "errored" and this not in {_name_config(about) for about in configured}:
        pack.fail(f"{label}: the result that its record names does not have it.")
    for content in evaluated:
        counts, about = content.get("result") or {}, content.get("expectation_config") or {}
        is_this = not about or _name_config(about) == this
        details = counts.get("details")
        if not is_this or not isinstance(details, dict):
            continue
        for name, member in (("unexpected_count", "broken"), ("element_count", "population")):
            if name in counts and result[member] is not None and counts[name] != result[member]:
                pack.fail(f"{label}: the record says {member} {result[member]}, but its result says {counts[name]}.")
        parameters = details.get("parameters")
        if parameters and result["params_sha256"]:
            text = json.dumps(parameters, sort_keys=True)
            if hashlib.sha256(text.encode()).hexdigest() != result["params_sha256"]:
                pack.fail(f"{label}: params_sha256 of the record is not that of the parameters in its result.")


def _name_config(about: dict[str, Any]) -> tuple[str, str]:
    return str(about.get("id") or ""), str(about.get("type"))


def verify_tables(pack: Pack) -> None:
    """Compute the counts of the tables anew, from the records of the runs."""
    _compare_rows(pack, "runs", ["run_id"], dict(_count_runs(pack.runs)))
    scope = pack.manifest["scope"]
    _compare_rows(
        pack,
        "coverage",
        ["table", "scope", "check", "expectation_id"],
        _count_coverage(pack.runs, scope),
        {"kind": "planned"},
    )
    _compare_rows(
        pack,
        "findings",
        ["table", "scope", "check", "expectation_id", "rule"],
        _count_findings(pack.runs, scope),
        {"counted_in_period": "yes"},
    )
    rows = _read_rows(pack, "controls")
    _verify_controls(pack, rows)


def _read_rows(pack: Pack, name: str) -> list[dict[str, str]]:
    path = f"tables/{name}.csv"
    if path not in pack.digests:
        pack.fail(f"{path} is missing.")
        return []
    return list(csv.DictReader(pack.read(path).decode().split("\n")))


def _compare_rows(
    pack: Pack,
    name: str,
    keys: list[str],
    wanted: dict[tuple[str, ...], dict[str, Any]],
    only: dict[str, str] | None = None,
) -> None:
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for row in _read_rows(pack, name):
        if all(row.get(column) == value for column, value in (only or {}).items()):
            key = tuple(str(row.get(column)) for column in keys)
            if key in rows:
                pack.fail(f"tables/{name}.csv has two lines of {' / '.join(key)}.")
            rows[key] = row
    written = {tuple(format_cell(part) for part in key): counts for key, counts in wanted.items()}
    for key in sorted(set(rows) | set(written)):
        if key not in rows or key not in written:
            word = "lacks a" if key not in rows else "has a superfluous"
            pack.fail(f"tables/{name}.csv {word} line of {' / '.join(key)}.")
            continue
        for column, value in written[key].items():
            if rows[key].get(column) != format_cell(value):
                pack.fail(
                    f"tables/{name}.csv, {' / '.join(key)}: {column} is {rows[key].get(column)!r}, "
                    f"the records say {format_cell(value)!r}."
                )


def _count_runs(runs: Iterable[dict[str, Any]]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for run in runs:
        verdicts = Counter(result["verdict"] for result in run["results"])
        yield (
            (run["run_id"],),
            {
                "entry_started": run["entries"]["started"],
                "entry_finished": run["entries"]["finished"],
                "planned": len(run["plan"]),
                "selected": sum(plan["selected"] for plan in run["plan"]),
                "evaluated": len(run["results"]),
                **{verdict: verdicts[verdict] for verdict in VERDICTS},
                "verdict": run["verdict"],
                "exit_code": run["exit_code"],
                "policy_sha256": (run["policy"] or {}).get("sha256"),
                "policy_state": (run["policy"] or {}).get("state"),
            },
        )


def _pair_checks(
    runs: Iterable[dict[str, Any]],
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]]:
    """Yield each run with each check of its plan, and the result of that check."""
    for run in runs:
        results: dict[tuple[str, str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for result in run["results"]:
            results[_name_check(result)].append(result)
        for plan in run["plan"]:
            same = results[_name_check(plan)]
            yield run, plan, same.pop(0) if same else None


def _count_coverage(
    runs: Iterable[dict[str, Any]], scope: dict[str, list[str]]
) -> dict[tuple[str, ...], dict[str, Any]]:
    counts: dict[tuple[str, ...], dict[str, Any]] = {}
    for run, plan, result in _pair_checks(runs):
        if scope["tables"] and plan["table"] not in scope["tables"]:
            continue
        key = (plan["table"], plan["scope"], plan["type"], plan["expectation_id"])
        count = counts.setdefault(key, dict.fromkeys(("runs", "not_selected", "aborted", "no_result", *VERDICTS), 0))
        count["runs"] += 1
        if result:
            count[result["verdict"]] += 1
        elif not plan["selected"]:
            count["not_selected"] += 1
        else:
            count["aborted" if run["phase"] == "started" else "no_result"] += 1
    return counts


def _count_findings(
    runs: Iterable[dict[str, Any]], scope: dict[str, list[str]]
) -> dict[tuple[str, ...], dict[str, Any]]:
    seen: dict[tuple[str, ...], list[tuple[str, int | None]]] = defaultdict(list)
    for run, plan, result in _pair_checks(runs):
        if result and is_in_scope(scope, result) and result["verdict"] != "errored":
            rules = {rule["name"]: rule["count"] for rule in result["rules"]}
            if not rules:
                rules = {"": (result["broken"] or 1) if result["verdict"] == "failed" else result["broken"] or 0}
            for rule, count in rules.items():
                key = (plan["table"], plan["scope"], plan["type"], plan["expectation_id"], rule)
                seen[key].append((run["run_id"], count))
    return {
        key: {
            "runs_evaluated": len(counts),
            "runs_with_violations": sum(1 for _, count in counts if count),
            "first_run": next(run for run, count in counts if count),
            "last_run": next(run for run, count in reversed(counts) if count),
            "count_max": max(count or 0 for _, count in counts),
            "count_latest": counts[-1][1],
            "latest_run": counts[-1][0],
        }
        for key, counts in seen.items()
        if any(count for _, count in counts)
    }


def _verify_controls(pack: Pack, rows: list[dict[str, str]]) -> None:
    """Count the statuses of each requirement and check anew; lines without a planned check may not count as evidence."""
    statuses: dict[tuple[str, ...], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    planned: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    scope = pack.manifest["scope"]
    for run, plan, result in _pair_checks(pack.runs):
        if scope["tables"] and plan["table"] not in scope["tables"]:
            continue
        check = tuple(format_cell(plan[name]) for name in ("table", "scope", "type", "expectation_id"))
        planned[check]["not evaluated" if result else find_state(plan, run)] += 1
        for evidence in result["evidence"] if result else []:
            if not scope["regulations"] or evidence["regulation"] in scope["regulations"]:
                statuses[check][format_cell(evidence["regulation"]) + "\n" + format_cell(evidence["requirement"])][
                    evidence["status"]
                ] += 1
    expected = {(check, requirement) for check, by in statuses.items() for requirement in by}
    for row in rows:
        check = (row["table"], row["scope"], row["check"], row["expectation_id"])
        requirement = row["regulation"] + "\n" + row["requirement"]
        label = f"tables/controls.csv, {row['regulation']} {row['requirement']} / {row['check']} on {row['table']}"
        counts = Counter({status: int(row[status.replace(" ", "_")] or 0) for status in STATUSES})
        if row["expectation_id"]:
            wanted = statuses[check][requirement] + Counter(
                {status: planned[check][status] for status in ("not read", "not run")}
            )
            expected.discard((check, requirement))
            if +counts != +wanted:
                pack.fail(f"{label}: it counts {_format_counts(counts)}, the records {_format_counts(wanted)}.")
        elif counts["supports"] or counts["supports in part"] or counts["contrary"]:
            pack.fail(f"{label}: it counts as evidence, but no planned check supports it.")
    for check, requirement in sorted(expected):
        pack.fail(
            f"tables/controls.csv lacks the line of {requirement.replace(chr(10), ' ')} / {check[2]} on {check[0]}."
        )


def _format_counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{status} {count}" for status, count in sorted(counts.items()) if count) or "nothing"


def verify_anchors(pack: Pack, root: str | None) -> None:
    """Hold the anchors of the ledger against its headers, and time stamps against the root of their authority."""
    digests = {header["seq"]: digest for header, digest in pack.headers}
    stamped = False
    last, when = 0, ""
    for header, _ in pack.headers:
        if header["kind"] != "anchor" or f"objects/{header['body_sha256']}" not in pack.digests:
            continue
        anchor = pack.read_object(header["body_sha256"])
        seq, head, proof = anchor["seq"], anchor["head"], anchor["proof_sha256"]
        if digests.get(seq) != head or seq >= header["seq"]:
            pack.fail(f"Entry {header['seq']} anchors another entry {seq}: the ledger was rewritten.")
        elif anchor["kind"] != "rfc3161":
            pack.notes.append(
                f"Entry {header['seq']} says that {anchor['target']} has a copy of entry {seq}: ask there."
            )
        elif f"objects/{proof}" not in pack.digests:
            pack.fail(f"objects/{proof} is missing: the time stamp of entry {header['seq']}.")
        elif not root:
            stamped = True
        elif not (time := _read_stamp(os.path.join(pack.directory, "objects", proof), head, root)):
            pack.fail(f"objects/{proof} is not a time stamp over entry {seq}, {head}, under the root in {root}.")
        elif seq >= last:
            last, when = seq, f"{time:%Y-%m-%d %H:%M:%S} UTC"
    if last:
        since = sum(header["seq"] > last and header["kind"] != "anchor" for header, _ in pack.headers)
        pack.anchoring = f"Anchored up to entry {last}, {when}; entries since then that are not: {since}."
    elif stamped:
        pack.is_unstamped = True
        pack.anchoring = "Its time stamps are open: give --tsa-root."


def _read_stamp(path: str, digest: str, root: str) -> datetime | None:
    """Return when an authority stamped a digest; None if the time stamp does not hold at that time."""
    command = ["openssl", "ts", "-reply", "-in", path, "-text"]
    text = subprocess.run(command, capture_output=True, check=False).stdout.decode("latin-1")
    match = re.search(r"^Time stamp: (\w{3} +\d+ [\d:]{8})(?:\.\d+)? (\d{4}) GMT$", text, re.MULTILINE)
    if match is None:
        return None
    time = datetime.strptime(f"{match[1]} {match[2]}", "%b %d %H:%M:%S %Y").replace(tzinfo=timezone.utc)  # noqa: UP017 - Python 3.9
    command = ["openssl", "ts", "-verify", "-digest", digest, "-in", path, "-CAfile", root, "-untrusted", root]
    command += ["-attime", str(int(time.timestamp()))]
    return time if subprocess.run(command, capture_output=True, check=False).returncode == 0 else None


def verify_original(pack: Pack, original: str, key_file: str) -> None:
    """Hold a result that the controller shows against its copy with pseudonyms."""
    with open(original, "rb") as file:
        content = file.read()
    with open(key_file, encoding="ascii") as file:
        key = bytes.fromhex(file.read().strip())
    digest = hashlib.sha256(content).hexdigest()
    path = f"pseudonymised/{digest}.json"
    if path not in pack.digests:
        pack.fail(f"{original} has the SHA-256 {digest}: the pack has no such result with pseudonyms.")
    elif pseudonymise_result(content, digest, key) != pack.read(path):
        pack.fail(f"{original} is the object that {path} names, but with this key its keys become other pseudonyms.")
    else:
        print(f"{original} is the original of {path}: same digest, and its keys become the same pseudonyms.")


def verify_signature(pack: Pack, key: str, sign_off: str | None) -> None:
    """Hold the signature of MANIFEST.dsse.json, or of a sign-off, against a public key, and its subject against MANIFEST.json."""
    name = os.path.basename(sign_off or "MANIFEST.dsse.json")
    if sign_off:
        with open(sign_off, "rb") as file:
            try:
                envelope = json.loads(file.read())
            except ValueError:
                envelope = {}
    else:
        envelope = pack.read_json("MANIFEST.dsse.json")
    if envelope is None:
        return
    try:
        payload = base64.b64decode(envelope["payload"])
        kind = envelope["payloadType"].encode()
        statement = json.loads(payload)
        subjects = {subject["digest"]["sha256"] for subject in statement["subject"]}
        signatures = [base64.b64decode(signature["sig"]) for signature in envelope["signatures"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        pack.fail(f"{name} is not a signed statement (DSSE, in-toto).")
        return
    signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    if kind.decode() != STATEMENT or not any(_is_signed(signed, signature, key) for signature in signatures):
        pack.fail(f"{name} is not signed by the key in {key}.")
    elif statement.get("predicateType") != (SIGN_OFF if sign_off else PACK):
        pack.fail(f"{name} is signed, but it is not a statement {'signoff' if sign_off else 'evidence-pack'}.")
    elif sign_off:
        about = statement["predicate"]
        pack.notes.append(f"{about['by']} signs off {about['period']} as {about['role']}.")
    if pack.digests["MANIFEST.json"] not in subjects:
        pack.fail(f"MANIFEST.json was altered: {name} signs another one.")


def _is_signed(signed: bytes, signature: bytes, key: str) -> bool:
    with tempfile.TemporaryDirectory() as directory:
        paths = [os.path.join(directory, name) for name in ("signed", "signature")]
        for path, content in zip(paths, (signed, signature)):  # noqa: B905 - Python 3.9
            with open(path, "wb") as file:
                file.write(content)
        about = subprocess.run(
            ["openssl", "pkey", "-pubin", "-in", key, "-text", "-noout"], capture_output=True, text=True, check=False
        )
        digest = [] if "ED25519" in about.stdout.upper() else ["-digest", "sha256"]
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", *digest]
        command += ["-in", paths[0], "-sigfile", paths[1]]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def main(arguments: list[str] | None = None) -> int:
    """Verify a pack, print what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    for option in ("key", "sign-off", "manifest", "head", "tsa-root", "original", "pseudonym-key"):
        parser.add_argument(f"--{option}")
    given = parser.parse_args(arguments)
    if bool(given.original) != bool(given.pseudonym_key):
        parser.error("--original and --pseudonym-key go together")
    if given.sign_off and not given.key:
        parser.error("--sign-off needs --key, the public key of who signed it")
    pack = Pack(given.directory)
    try:
        _verify(pack, given)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        pack.fail(f"The pack cannot be read to its end: {type(error).__name__}: {error}")
    for note in pack.notes:
        print(f"NOTE    {ascii_safe(note)}")
    for failure in pack.failures:
        print(f"FAILED  {ascii_safe(failure)}")
    if pack.failures:
        count = len(pack.failures)
        print(f"Not verified: {count} {'thing is' if count == 1 else 'things are'} altered, missing or contradicting.")
        return 1
    checked = (
        f"{len(pack.digests)} files, {len(pack.headers)} entries, runs: {len(pack.runs)}; nothing is altered or missing"
    )
    print(pack.anchoring)
    if not given.key and not given.manifest:
        print(f"Not judged: {checked}, but who made the pack is open. Give --key or --manifest.")
        return 2
    if pack.is_unstamped:
        print(f"Not judged: {checked}, and the manifest is vouched for, but the time stamps of the ledger are open.")
        return 2
    print(f"Verified: {checked}. Head: entry {pack.manifest['head']['seq']}, {pack.manifest['head']['sha256']}.")
    return 0


def _verify(pack: Pack, given: argparse.Namespace) -> None:
    verify_files(pack)
    if not pack.manifest:
        return
    if given.manifest and given.manifest.lower() != pack.digests["MANIFEST.json"]:
        pack.fail("MANIFEST.json is not the one whose SHA-256 was given (--manifest).")
    if given.key:
        verify_signature(pack, given.key, given.sign_off)
    verify_headers(pack, (given.head or "").lower())
    verify_bodies(pack)
    verify_anchors(pack, given.tsa_root)
    verify_runs(pack)
    verify_tables(pack)
    if given.original:
        verify_original(pack, given.original, given.pseudonym_key)


def ascii_safe(text: str) -> str:
    """Return text that no terminal obeys, and that every terminal can show."""
    encoding = sys.stdout.encoding or "ascii"
    text = INVISIBLE.sub(lambda match: ascii(match[0])[1:-1], text)
    return text.encode(encoding, "backslashreplace").decode(encoding)


if __name__ == "__main__":
    sys.exit(main())
