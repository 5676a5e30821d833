"""A server that speaks S3."""

from tests.s3_server import s3, s3_server  # noqa: F401 - fixtures
