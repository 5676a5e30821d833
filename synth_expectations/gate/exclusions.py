"""Files that are not loads: tests of components, static resources, source code, words of screens, manifests of tools."""

from __future__ import annotations

import re

COMPONENT_TESTS = ("__tests__", "__mocks__", "jest-mocks", "staticresources", "__fixtures__", "__snapshots__")
"""Folders whose files no tool loads into an org as records: tests of components, and static resources."""
_NEVER_LOADED = frozenset({*COMPONENT_TESTS, "cypress", ".storybook", "playwright", "cassettes", "wiremock", "pacts"})
_TEST_SOURCES = re.compile("(?:^|/)src/(test|tests|it|[a-z]*test|test[a-z]+)/", re.IGNORECASE)
"""Maven's and Gradle's sources of tests, with their resources: `src/test`, `src/integrationTest`, `src/testFixtures`."""
_LIKE_TESTS = frozenset(
    {
        *(
            "test",
            "tests",
            "testing",
            "spec",
            "specs",
            "e2e",
            "testdata",
            "test-data",
            "test_data",
            "stories",
            "storybook",
        ),
        *(
            "mocks",
            "mock",
            "mockdata",
            "mock-data",
            "mock_data",
            "test-utils",
            "test_utils",
            "testutils",
            "contract-tests",
        ),
        *("benchmark", "benchmarks", "doc", "docs", "documentation", "example", "examples", "tutorial", "tutorials"),
    }
)
"""Folders that most often hold tests, examples or prose, and sometimes data that is loaded."""
_SETTINGS = frozenset(
    {
        *("locale", "locales", "i18n", "l10n", "lang", "langs", "languages", "translations", "intl", "nls", "lproj"),
        *("group_vars", "host_vars"),
    }
)
"""Folders with the words of screens, by language, and with the settings of hosts: an e-mail there is no record."""
_WORDS = re.compile("(json5?|ya?ml|xml|po|pot|properties|arb|resx|xlf|xliff|strings)", re.IGNORECASE)
_TEST_FILE = re.compile(r"[._-](test|tests|spec|mock|mocks|fixture|stories)\.[a-z]+$", re.IGNORECASE)
_CALLED_TEST = re.compile("(test|tests|mock|mocks|fixture|testdata|e2e)[-_.]", re.IGNORECASE)
_CODE = re.compile(
    "bash|bat|c|cc|cfg|cls|cmp|cpp|cs|css|dockerfile|ftl|gif|go|gradle|groovy|h|hcl|html?|ico|ini|ipynb|jar|java|jpe?g|m?js|jsx|kt"
    "|less|lock|log|lua|map|md|page|php|pl|png|ps1|pyi?|r|rb|resource|rs|rst|sass|scala|scss|sh|svelte|svg|swift|tf|tfvars|tmpl"
    "|toml|trigger|tsx?|ttf|vue|webp|woff2?|xsd|xsl"
)
"""Endings of files that hold no records: source code, styles, images, prose."""
_MANIFESTS = re.compile(
    r"(package|package-lock|npm-shrinkwrap|composer|bower|lerna|nx|turbo|tsconfig.*|jsconfig.*|sfdx-project|angular|"
    r"devcontainer|launch|settings|tasks|extensions|swagger|openapi|manifest|.*\.schema|\.[a-z.-]+rc|.*\.tfvars|renovate"
    r"|appsettings.*|vercel|netlify|firebase|now|jest\.config|components|tslint|jsdoc|typedoc|deno)\.json"
    r"|.*-scratch-def\.json|composer\.lock|\.?[a-z-]*config\.ya?ml|.*\.tfstate(\.backup)?|\.[a-z.-]+rc(\.ya?ml)?|\.mailmap"
    r"|(chart|values([-._].*)?|(docker-)?compose([-._].*)?|dbt_project|packages|mkdocs|pubspec|galaxy|serverless|cloudbuild|appveyor"
    r"|codecov|dependabot|renovate|\.pre-commit-config|environment|conda|meta|citation|skaffold|kustomization|openapi|swagger"
    r"|antora|sidebars?)\.ya?ml|citation\.cff",
    re.IGNORECASE,
)
"""Files of tools, which name their authors."""


def find_test_folder(path: str) -> str:
    """Return the folder that says that no tool loads a file: of tests, or of static resources; empty if there is none."""
    for folder in path.split("/")[:-1]:
        if folder.casefold() in _NEVER_LOADED:
            return folder
    match = _TEST_SOURCES.search(path)
    return f"src/{match[1]}" if match else ""


def is_of_tests(path: str) -> bool:
    """Return whether a file lies in a folder of tests or of static resources, which no tool loads."""
    return bool(find_test_folder(path))


def find_likely_test(path: str) -> str:
    """Return the part of a path by which a file may be one of tests: a folder such as `tests`, or its name; else nothing."""
    folder = find_test_folder(path) or next(
        (folder for folder in path.split("/")[:-1] if folder.casefold() in _LIKE_TESTS), ""
    )
    if folder:
        return folder
    match = _TEST_FILE.search(path)
    return match[0] if match else ""


def is_called_test(path: str) -> bool:
    """Return whether a file's name begins like that of test data: `test_users.csv`, `mock-contacts.json`."""
    return _CALLED_TEST.match(path.rpartition("/")[2]) is not None


def is_code(path: str) -> bool:
    """Return whether a file holds no records by its ending or name: source code, words of screens, prose, manifests of tools."""
    folder, _, name = path.rpartition("/")
    ending = name.rpartition(".")[2].casefold()
    if _CODE.fullmatch(ending) or _MANIFESTS.fullmatch(name):
        return True
    return bool(_WORDS.fullmatch(ending)) and not _SETTINGS.isdisjoint(folder.casefold().split("/"))
