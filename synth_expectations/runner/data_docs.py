"""The sites of Data Docs of a project: those that Great Expectations builds, and those of this package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth_expectations.errors import SynthError
from synth_expectations.evidence.site.project_site import ProjectSite
from synth_expectations.redaction import format_error
from synth_expectations.validation.stored_checkpoint import DOCS_ACTIONS, StoredCheckpoint

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


_EVIDENCE_SITE = ("EvidenceSiteBuilder", "synth_expectations.gx")
"""The class and the module of a site of Data Docs that is made without Great Expectations."""


def find_stock_sites(checkpoint: StoredCheckpoint, project: Project) -> list[str]:
    """Return the names of the sites of Data Docs that the checkpoint builds, and only Great Expectations can build."""
    return [name for name, site in _find_sites(checkpoint, project).items() if not _is_evidence_site(site)]


def write_evidence_sites(checkpoint: StoredCheckpoint, project: Project) -> Iterator[str]:
    """Write the evidence sites that the checkpoint builds, and yield a sentence for each that fails."""
    for name, site in _find_sites(checkpoint, project).items():
        if _is_evidence_site(site):
            yield from _write_evidence_site(name, site, project)


def build_docs(project: Project) -> None:
    """Build the Data Docs anew from all stored results."""
    project.gx.build_docs()


def list_docs_urls(project: Project) -> list[str]:
    """Return the addresses of the Data Docs; none if Great Expectations cannot open the project, so that it built none."""
    if project.settings and not project.settings.sites:
        return []
    try:
        return project.gx.docs_urls
    except SynthError:
        return []


def _find_sites(checkpoint: StoredCheckpoint, project: Project) -> dict[str, Mapping[str, Any]]:
    """Return the sites that the checkpoint builds, by name."""
    settings = project.settings
    sites = settings.sites if settings else project.configuration.get("data_docs_sites") or {}
    actions = [action for action in checkpoint.stored.get("actions") or () if action.get("type") in DOCS_ACTIONS]
    named = [action.get("site_names") for action in actions]
    return {name: site for name, site in sites.items() if any(not names or name in names for names in named)}


def _is_evidence_site(site: Mapping[str, Any]) -> bool:
    return (site.get("class_name"), site.get("module_name")) == _EVIDENCE_SITE


def _write_evidence_site(name: str, site: Mapping[str, Any], project: Project) -> Iterator[str]:
    directory = site.get("site_directory")
    try:
        where = Path(project.root, project.resolve(str(directory))).resolve() if directory else None
        built = ProjectSite(project.root, project.configuration, project.resolve, where)
        built.write()
        if not built.index.is_file():
            yield f"The site {name} was not written."
    except Exception as error:  # noqa: BLE001 - the verdict must still be reported
        yield f"The site {name} was not written: {format_error(error)}"
