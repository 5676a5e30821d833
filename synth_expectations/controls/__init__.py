"""Controls: what regulations ask of synthetic records, and which expectations give evidence for it.

One YAML file a regulation lies beside this module, complete and readable without it. Nothing here is legal advice:
`sure` says how well a paraphrase was checked, `does_not_show` what a passed expectation leaves open.
"""

from synth_expectations.controls.coverage import Applies, Coverage, Finding, State, coverage, findings
from synth_expectations.controls.load import Control, ControlsError, controls_of, load, regulation
from synth_expectations.controls.model import Mapping, Regulation, Requirement
from synth_expectations.controls.text import document, lines

__all__ = [
    "Applies",
    "Control",
    "ControlsError",
    "Coverage",
    "Finding",
    "Mapping",
    "Regulation",
    "Requirement",
    "State",
    "controls_of",
    "coverage",
    "document",
    "findings",
    "lines",
    "load",
    "regulation",
]
