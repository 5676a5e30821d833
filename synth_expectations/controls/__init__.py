"""Controls: what regulations ask of synthetic records, and which expectations give evidence for it.

One YAML file a regulation lies beside this module, complete and readable without it. Nothing here is legal advice:
`sure` says how well a paraphrase was checked, `does_not_show` what a passed expectation leaves open.
"""

from synth_expectations.controls.coverage import (
    Applies,
    Coverage,
    Finding,
    MappingFinding,
    compute_coverage,
    withhold,
)
from synth_expectations.controls.load import Control, ControlsError, find_controls, find_regulation, load_regulations
from synth_expectations.controls.model import Mapping, Regulation, Requirement
from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus
from synth_expectations.controls.text import controls_to_document, format_controls

__all__ = [
    "Applies",
    "Control",
    "ControlsError",
    "Coverage",
    "EvidenceCounts",
    "EvidenceStatus",
    "Finding",
    "Mapping",
    "MappingFinding",
    "Regulation",
    "Requirement",
    "compute_coverage",
    "controls_to_document",
    "find_controls",
    "find_regulation",
    "format_controls",
    "load_regulations",
    "withhold",
]
