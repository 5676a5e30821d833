"""The command `docs`: Great Expectations' Data Docs."""

from __future__ import annotations

from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say
from synth_expectations.errors import SynthError


def docs(project: Project = None) -> None:
    """Rebuild the project's Data Docs from its stored results, and print where they are."""
    root = find_project(project)
    from synth_expectations.runner.data_docs import build_docs, list_docs_urls
    from synth_expectations.runner.project import open_project
    from synth_expectations.runner.write_access import find_unwritable

    opened = open_project(root)
    for reason in find_unwritable(root, opened.configuration, docs=True):
        raise SynthError(reason, "Nothing was built.")
    build_docs(opened)
    for url in list_docs_urls(opened):
        say(url)
