"""`docs`: Great Expectations' Data Docs."""

from __future__ import annotations

from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import project_directory, say
from synth_expectations.errors import SynthError


def docs(project: Project = None) -> None:
    """Build the Data Docs of the project anew from its stored results, and say where they are."""
    root = project_directory(project)
    from synth_expectations.runner.project import find_unwritable, open_project

    opened = open_project(root)
    for reason in find_unwritable(root, opened.configuration):
        raise SynthError(reason, "Nothing was built.")
    opened.build_docs()
    for url in opened.docs_urls:
        say(url)
