"""A time stamping authority of `openssl ts`, and a server in front of it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_SETTINGS = """\
[tsa]
default_tsa = config
[config]
serial = serial
signer_cert = tsa.crt
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
tsa_name = no
ordering = no
{certificates}
"""


@dataclass
class TestAuthority:
    """An authority in a directory.

    Attributes:
        directory: with its keys.
        root: its root certificate.
        answer: what the server answers in the place of a time stamp; None for a time stamp.
        requests: how many it had.
    """

    __test__ = False
    directory: Path
    answer: bytes | int | None = None
    requests: list[bytes] = field(default_factory=list)
    url: str = ""

    @property
    def root(self) -> Path:
        return self.directory / "root.pem"

    def stamp(self, query: bytes) -> bytes:
        """Return the reply to a request."""
        (self.directory / "query").write_bytes(query)
        self._openssl("ts", "-reply", "-config", "settings", "-queryfile", "query", "-out", "reply")
        return (self.directory / "reply").read_bytes()

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.directory, check=True, capture_output=True)


def make_authority(directory: Path, *, sends_chain: bool = False) -> TestAuthority:
    """Make a root, and an authority under it.

    Args:
        directory: for their files.
        sends_chain: whether replies hold more certificates than the signer's, in an order that is not that of DER.
    """
    directory.mkdir(parents=True, exist_ok=True)
    authority = TestAuthority(directory)
    for name, subject in (("root", "/CN=Test Root"), ("tsa", "/CN=Test TSA")):
        authority._openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.key")
        authority._openssl("req", "-new", "-key", f"{name}.key", "-subj", subject, "-out", f"{name}.csr")
    (directory / "root.ext").write_text("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n")
    (directory / "tsa.ext").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
    sign = ("x509", "-req", "-days", "3650")
    authority._openssl(*sign, "-in", "root.csr", "-signkey", "root.key", "-extfile", "root.ext", "-out", "root.pem")
    authority._openssl(
        *sign, "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "tsa.ext",
        "-out", "tsa.crt",
    )  # fmt: skip
    (directory / "serial").write_text("01\n")
    (directory / "settings").write_text(_SETTINGS.format(certificates="certs = root.pem" if sends_chain else ""))
    return authority


@contextmanager
def serving_authority(authority: TestAuthority) -> Iterator[TestAuthority]:
    """Serve an authority on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.requests.append(query)
            answer = authority.answer
            self.send_response(answer if isinstance(answer, int) else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            if not isinstance(answer, int):
                self.wfile.write(authority.stamp(query) if answer is None else answer)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    authority.url = f"http://127.0.0.1:{server.server_port}/tsr"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
