"""The command `docs`: Great Expectations' Data Docs."""

from __future__ import annotations

from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say
from synth_expectations.errors import SynthError


def docs(project: Project = None) -> None:
    """Rebuild the project's Data Docs from its stored results, and print where they are."""
    root = find_project(project)
    from synth_expectations.runner.project import configuration, open_project, unwritable

    context = open_project(root)
    for reason in unwritable(root, configuration(context)):
        raise SynthError(reason, "Nothing was built.")
    context.build_data_docs()
    for site in context.get_docs_sites_urls():
        say(str(site["site_url"]))
