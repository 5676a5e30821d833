"""The parameter `engine`, as in the conformance tests."""

from tests.conformance.conftest import engine, pytest_generate_tests

__all__ = ["engine", "pytest_generate_tests"]
