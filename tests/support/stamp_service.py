"""A time-stamp service over HTTP for tests: the specimen authority, in whatever mood the test wants."""

import contextlib
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import tsp
from django.conf import settings

from apps.certificates.services import stamping


class StampService:
    """`mood`: well, refuses, talks nonsense, drips (a byte now and then), stamps something else."""

    def __init__(self):
        self.mood, self.asked, self.clock = "well", 0, lambda: datetime.now(UTC).replace(microsecond=0)
        self.url = ""
        self.authority = lambda request: stamping._specimen(
            Path(settings.SEALS_DIR), self.clock()
        ).request_tsa_response(request)

    def _specimen(self, request):
        return stamping._specimen(Path(settings.SEALS_DIR), self.clock()).request_tsa_response(request)

    def answer(self, request: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(request)
        if self.mood == "stamps something else":
            asked["message_imprint"]["hashed_message"] = b"\0" * 32
        return self.authority(asked).dump()


@contextlib.contextmanager
def stamp_service():
    service = StampService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/tsa"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def _handler(service: StampService):
    return type("Handler", (_Handler,), {"service": service})


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.service.asked += 1
        request = self.rfile.read(int(self.headers["Content-Length"]))
        if self.service.mood == "refuses":
            self.send_error(503)
        elif self.service.mood == "drips":
            self._drip()
        else:
            self._answer(request)

    def _answer(self, request):
        body = b"<html>" if self.service.mood == "talks nonsense" else self.service.answer(request)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self):
        with contextlib.suppress(OSError):
            for _ in range(40):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *args):
        pass
