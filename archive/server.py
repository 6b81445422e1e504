"""The web server: gunicorn, as one process that starts its workers and ends with them."""

from __future__ import annotations

import gc
import http.client
import os
import signal
import socket
import time
from collections.abc import Callable
from threading import Thread
from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.http import message

from archive.errors import SetupError

#: In bytes: a search may have ten thousand characters, and each of them takes twelve in an address.
LONGEST_REQUEST = 128 * 1024

#: So many more objects than before are made until Python looks for those that nobody needs.
GARBAGE = 50_000

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def listen(host: str, port: int) -> socket.socket:
    """Takes the port before anything else is done; raises ``SetupError`` when it cannot be had."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise SetupError(f"The setting HOST is {host!r}, which is no address: write 127.0.0.1 or 0.0.0.0.") from None
    listener = socket.socket(family, kind)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise SetupError(
            f"Port {port} on {host} cannot be used ({error.strerror}): "
            f"stop what uses it, or choose another, e.g. make run PORT={port + 1 if port < 65535 else 8000}."
        ) from None
    return listener


class Server(BaseApplication):
    """The archive under gunicorn, on a socket that listens already."""

    def __init__(self, listener: socket.socket, workers: int, announce: Callable[[str], None]) -> None:
        self.listener = listener
        self.workers = workers
        self.announce = announce
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"fd://{self.listener.detach()}",
            "workers": self.workers,
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,
            "graceful_timeout": 10,
            "loglevel": "error",
            "control_socket_disable": True,
            "limit_request_line": LONGEST_REQUEST,
            "when_ready": _end_with_the_terminal,
            "post_worker_init": self._begin,
        }
        for name, value in options.items():
            self.cfg.set(name, value)
        # gunicorn cuts the setting down to this, so that without it the only other choice would be no limit at all.
        message.MAX_REQUEST_LINE = LONGEST_REQUEST

    def load(self) -> Any:
        return get_wsgi_application()

    def _begin(self, worker: Any) -> None:
        """Has the first worker of all say where the archive is, as soon as it truly answers."""
        # A page makes tens of thousands of small objects and no cycles: looking for these every 700 costs a tenth.
        gc.freeze()
        gc.set_threshold(GARBAGE)
        if worker.age == 1:
            host, port = worker.sockets[0].getsockname()[:2]
            Thread(target=_announce, args=(host, port, self.announce), daemon=True).start()


def _end_with_the_terminal(arbiter: Any) -> None:
    """A terminal that is closed ends the server; gunicorn would take it for the wish to reload."""
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


def _announce(host: str, port: int, announce: Callable[[str], None]) -> None:
    for _ in range(300):
        connection = http.client.HTTPConnection(EVERY_ADDRESS.get(host, host), port, timeout=10)
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            connection.getresponse()
            break
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    shown = EVERY_ADDRESS.get(host, host)
    announce(f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/")
