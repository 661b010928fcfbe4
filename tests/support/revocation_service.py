"""Lists of revoked certificates and a responder over HTTP, in whatever mood the test wants."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import ocsp


class RevocationService:
    """`mood`: well, refuses, drips (ten seconds long), floods (10 MB), sends elsewhere.

    `asked`: every path, whatever was answered.
    """

    def __init__(self):
        self.mood, self.asked, self.authority, self.now, self.url = "well", [], None, None, ""
        self.sent = 0

    def answer(self, path: str, body: bytes) -> bytes:
        if "/ocsp/" in path:
            return self.authority.ocsp(ocsp.OCSPRequest.load(body), now=self.now).dump()
        name = next(part for part in path.split("/") if part in {"root", "issuing"})
        return self.authority.crl(name, now=self.now).dump()


@contextlib.contextmanager
def revocation_service():
    service = RevocationService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": service}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self._do(self.rfile.read(int(self.headers["Content-Length"])))

    def do_GET(self):
        self._do(b"")

    def _do(self, body: bytes):
        self.service.asked.append(self.path)
        with contextlib.suppress(OSError):
            getattr(self, "_" + self.service.mood.replace(" ", "_"))(body)

    def _well(self, body):
        self._send(self.service.answer(self.path, body))

    def _refuses(self, body):
        self.send_error(503)

    def _floods(self, body):
        self._send(b"\0" * 10 * 1024**2)

    def _sends_elsewhere(self, body):
        self.send_response(302)
        self.send_header("Location", self.service.url + "/elsewhere")
        self.end_headers()

    def _drips(self, body):
        for _turn in range(200):
            self.wfile.write(b"H")
            self.wfile.flush()
            time.sleep(0.05)

    def _send(self, content: bytes):
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        for at in range(0, len(content), 65536):
            self.service.sent += self.wfile.write(content[at : at + 65536])

    def log_message(self, *args):
        pass
