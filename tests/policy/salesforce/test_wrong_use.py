"""Objects, options and projects that `init --salesforce` refuses: nothing is written."""

from __future__ import annotations

import pytest

from tests.policy.salesforce.conftest import MARKER, OBJECTS, XMLNS, Init, Project

WRONG = {
    "no object": ([], "Name the objects."),
    "metadata": (["Rate__mdt"], "is custom metadata"),
    "an event": (["Order__e"], "is a platform event"),
    "a task": (["Task"], "Name Activity"),
    "a slip": (["Contcat"], "Did you mean Contact?"),
    "no API name": (["Guest Book"], "is not a name of an object"),
    "hostile": (["../../<script>"], "is not a name of an object"),
    "ten thousand letters": (["x" * 10_000], "is not a name of an object"),
    "a package that is none": (["Contact", "--out", "elsewhere"], "It has base, crm-app"),
    "a marker that is none": (["Contact", "--marker", "RecordOrigin"], "ends with __c"),
    "tables too": (["Contact", "--name", "contact"], "takes objects, and no tables"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_use(init: Init, project: Project, kind: str) -> None:
    arguments, message = WRONG[kind]
    before = project.list()
    ended = init(*arguments)
    assert (ended.code, message in ended.err) == (2, True), ended.err
    assert project.list() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "sfdx-project.json: it is not valid JSON at line 1"),
        ("[]", "lists no packageDirectories"),
        ('{"packageDirectories": [{"path": "../other"}]}', "outside of the project"),
    ],
)
def test_a_project_file_that_is_wrong(init: Init, project: Project, text: str, message: str) -> None:
    project.write("sfdx-project.json", text)
    ended = init("Contact")
    assert (ended.code, message in ended.err) == (2, True), ended.err


def test_without_a_project_file_the_directory_is_named(init: Init, project: Project) -> None:
    (project.root / "sfdx-project.json").unlink()
    assert "Name the package directory: --out force-app" in init("Contact").err
    assert init("Contact", "--out", "force-app").code == 0
    assert (project.root / "force-app/main/default/objects/Contact/fields" / f"{MARKER}.field-meta.xml").is_file()
    assert project.find_levels() == set()


def test_the_old_format_is_refused(init: Init, project: Project) -> None:
    project.write("crm-app/objects/Contact.object", f"<CustomObject {XMLNS}><fields/></CustomObject>")
    assert "sf project convert mdapi" in init("Contact").err


def test_a_link_is_not_written_over(init: Init, project: Project) -> None:
    outside = project.root.parent / f"{project.root.name}-outside.xml"
    outside.write_text("mine", encoding="utf-8")
    link = project.root / OBJECTS / "Contact" / "fields" / f"{MARKER}.field-meta.xml"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    ended = init("Contact")
    assert (ended.code, "is not a file that the project can read" in ended.err) == (2, True), ended.err
    assert outside.read_text(encoding="utf-8") == "mine"


def test_a_directory_that_cannot_be_written(init: Init, project: Project) -> None:
    project.write("crm-app", "a file, and no directory")
    ended = init("Contact")
    assert (ended.code, "Traceback" in ended.err, "bug" in ended.err) == (2, False, False), ended.err
