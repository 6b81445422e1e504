"""A course system for tests: it signs launches, shows its keys, and takes scores only with what the archive signed."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache as known_keys
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from classroom.lti.messages import CLAIM, LINK_REQUEST, LINKING, MARKING, MEMBERSHIP, RESOURCE, SCORE
from classroom.lti.models import Platform

AGENT = {"secure": True}
#: So that a browser asks for none.
NO_ICON = '<link rel="icon" href="data:,">'


@cache
def _key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Opened:
    """What a browser opens from the course: at which archive, which class, as whom, and changes of the claims."""

    archive: str = ""
    ident: str = ""
    role: str = "Learner"
    changes: dict[str, Any] = field(default_factory=dict)


class CourseSystem:
    """Serves on this machine until it is closed; ``scores`` are those that it took."""

    def __init__(self, name: str = "Moodle") -> None:
        self.key = _key(name)
        self.kid = "first"
        self.tool_keys: dict[str, Any] = {}
        self.scores: list[tuple[str, dict[str, Any]]] = []
        self.asked: list[str] = []
        self.refuses_scores = False
        self.returned = ""
        self.opens = Opened()
        system = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                system.asked.append(self.path)
                address = urlsplit(self.path)
                if address.path == "/keys":
                    self._answer(200, {"keys": [system.public_key()]})
                else:
                    asked = {key: value[0] for key, value in parse_qs(address.query).items()}
                    self._show(system.page(address.path, asked))

            def do_POST(self) -> None:
                system.asked.append(self.path)
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if self.path.startswith("/return"):
                    system.returned = parse_qs(body)["JWT"][0]
                    self._show(f"{NO_ICON}The class is in the course.")
                    return
                self._answer(*system.answer(self.path, body, self.headers["Authorization"]))

            def log_message(self, *values: Any) -> None:
                pass

            def _show(self, body: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(body.encode())

            def _answer(self, status: int, found: dict[str, Any]) -> None:
                body = json.dumps(found).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        known_keys.clear()
        self.platform = Platform.objects.create(
            name=name,
            issuer=f"https://{name.lower()}.example.org",
            client_id="archive",
            deployments="1\n2",
            login_address=f"{self.url}/auth?tenant=1",
            token_address=f"{self.url}/token",
            keys_address=f"{self.url}/keys",
        )

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def public_key(self) -> dict[str, Any]:
        return jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True) | {"kid": self.kid}

    def page(self, path: str, asked: dict[str, str]) -> str:
        """What a browser is shown: the course, and where the course system says who somebody is."""
        if path == "/course":
            said = urlencode({"iss": self.platform.issuer, "login_hint": "7", "client_id": "archive"})
            return f'{NO_ICON}<a href="{self.opens.archive}/classroom/lti/login/?{said}">Open</a>'
        if path != "/auth":
            return ""
        token = self.sign(self.claims(asked, self.opens.ident, role=self.opens.role) | self.opens.changes)
        fields = "".join(
            f'<input type="hidden" name="{name}" value="{value}">'
            for name, value in {"state": asked["state"], "id_token": token}.items()
        )
        back = asked["redirect_uri"]
        return f'{NO_ICON}<form method="post" action="{back}">{fields}<button>It is me</button></form>'

    def answer(self, path: str, body: str, authorization: str | None) -> tuple[int, dict[str, Any]]:
        """Gives tokens to whom the archive's key signed for, and takes scores with them."""
        if path == "/token":
            asked = {key: value[0] for key, value in parse_qs(body).items()}
            claims = self.read(asked["client_assertion"], f"{self.url}/token")
            good = claims["iss"] == claims["sub"] == "archive" and asked["scope"] == SCORE
            good = good and asked["grant_type"] == "client_credentials" and claims["jti"]
            return (200, {"access_token": "leave", "token_type": "Bearer"}) if good else (400, {})
        if authorization != "Bearer leave" or self.refuses_scores:
            return 403, {}
        self.scores.append((path, json.loads(body)))
        return 200, {}

    def read(self, token: str, audience: str) -> dict[str, Any]:
        """What the archive signed, checked with the key that it shows."""
        [key] = self.tool_keys["keys"]
        assert jwt.get_unverified_header(token)["kid"] == key["kid"]
        return jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"], audience=audience, options={"require": ["exp"]})

    def begin(self, client: Client, **said: str) -> dict[str, str]:
        """Starts in the course; returns what the archive asks for."""
        said = {"iss": self.platform.issuer, "login_hint": "7", "client_id": "archive"} | said
        response = client.get(reverse("lti_login"), said, **AGENT)
        assert response.status_code == 302, response.content.decode()
        assert response["Location"].startswith(f"{self.url}/auth?tenant=1&")
        return {key: value[0] for key, value in parse_qs(urlsplit(response["Location"]).query).items()}

    def claims(self, asked: dict[str, str], ident: str, sub: str = "7", role: str = "Learner") -> dict[str, Any]:
        now = int(time.time())
        return {
            "iss": self.platform.issuer,
            "aud": "archive",
            "sub": sub,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "name": "Ada Byron",
            "email": "ada@example.org",
            CLAIM + "version": "1.3.0",
            CLAIM + "message_type": RESOURCE,
            CLAIM + "deployment_id": "2",
            CLAIM + "roles": [MEMBERSHIP + role],
            CLAIM + "custom": {"class": ident},
            MARKING: {"scope": [SCORE], "lineitem": f"{self.url}/items/5?type=1"},
        }

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": self.kid} | header)

    def launch(self, client: Client, ident: str, sub: str = "7", **changes: Any) -> HttpResponseBase:
        """Starts, says who it is, and follows to the archive; ``changes`` are of the claims, by name."""
        asked = self.begin(client)
        role = changes.pop("role", "Learner")
        return self.post(client, asked, self.sign(self.claims(asked, ident, sub, role) | changes))

    def post(self, client: Client, asked: dict[str, str], token: str) -> HttpResponseBase:
        return client.post(reverse("lti_launch"), {"state": asked["state"], "id_token": token}, **AGENT)

    def link_claims(self) -> dict[str, Any]:
        """What makes a launch one that puts a class into a course."""
        settings = {
            "deep_link_return_url": f"{self.url}/return?x=1",
            "accept_types": ["ltiResourceLink"],
            "data": "kept",
        }
        return {CLAIM + "message_type": LINK_REQUEST, LINKING + "deep_linking_settings": settings}
