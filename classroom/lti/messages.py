"""What a course system says in a launch, checked as LTI 1.3 and its security framework demand."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.cache import cache

from classroom.lti.asking import Refused, ask_json
from classroom.lti.models import Platform

# Where LTI is on, the archive does not start without this.
with suppress(ImportError):
    import jwt

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
MARKING = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
VERSION = "1.3.0"
RESOURCE, LINK_REQUEST, LINK_RESPONSE = "LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiDeepLinkingResponse"
#: Seconds: how long keys are kept, how often they are asked for again, how old a token may be, how wrong a clock.
KEPT, AGAIN, OLD, LEEWAY = 3600, 60, 600, 60


@dataclass(frozen=True)
class Message:
    """A launch that was checked."""

    platform: Platform
    claims: dict[str, Any]

    @property
    def subject(self) -> str:
        """The number of whoever launches, in the course system."""
        return str(self.claims["sub"])

    @property
    def deployment(self) -> str:
        return str(self.claims[CLAIM + "deployment_id"])

    @property
    def is_by_teacher(self) -> bool:
        return self._has_role("Instructor")

    @property
    def is_by_student(self) -> bool:
        return self._has_role("Learner") and not self.is_by_teacher

    @property
    def is_link_request(self) -> bool:
        return self.claims[CLAIM + "message_type"] == LINK_REQUEST

    @property
    def name(self) -> str:
        """How the course system calls whoever launches, or nothing."""
        return next((each for key in ("name", "given_name") if isinstance(each := self.claims.get(key), str)), "")

    @property
    def class_ident(self) -> str:
        """The address of the class for which the link was made, here or by hand; or nothing."""
        by_hand = parse_qs(urlsplit(str(self.claims.get(CLAIM + "target_link_uri", ""))).query).get("class", [""])
        return str(self._part(CLAIM + "custom").get("class") or by_hand[0]).replace("\0", "")

    @property
    def line_item(self) -> str:
        """Where marks go, or nothing when the course takes none."""
        part = self._part(MARKING)
        scopes = part.get("scope")
        return str(part.get("lineitem", "")) if isinstance(scopes, list) and SCORE in scopes else ""

    @property
    def linking(self) -> dict[str, Any]:
        return self._part(LINKING + "deep_linking_settings")

    def _part(self, name: str) -> dict[str, Any]:
        found = self.claims.get(name)
        return found if isinstance(found, dict) else {}

    def _has_role(self, role: str) -> bool:
        roles = self.claims.get(CLAIM + "roles")
        return isinstance(roles, list) and MEMBERSHIP + role in roles


def read_message(token: str, platform: Platform, nonce: str) -> Message:
    """The launch in a token of a platform; raises ``Refused``."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") != "RS256":
            raise Refused("The launch is not signed as it must be (RS256).")
        claims = jwt.decode(
            token,
            _key(platform, header.get("kid")),
            algorithms=["RS256"],
            audience=platform.client_id,
            issuer=platform.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
    except jwt.PyJWTError as error:
        raise Refused(f"The launch cannot be trusted: {error}.") from None
    _check(claims, platform, nonce)
    return Message(platform, claims)


def _check(claims: dict[str, Any], platform: Platform, nonce: str) -> None:
    audience = claims["aud"]
    party = claims.get("azp", platform.client_id if isinstance(audience, str) or len(audience) == 1 else None)
    for is_good, what in (
        (party == platform.client_id, "It was made for another tool (azp)."),
        (claims["nonce"] == nonce, "It does not belong to this start (nonce)."),
        (float(claims["iat"]) > time.time() - OLD, "It is too old."),
        (claims["sub"].isprintable() and 0 < len(claims["sub"]) <= 255, "It does not say who starts it (sub)."),
        (claims.get(CLAIM + "version") == VERSION, "It is not of LTI 1.3."),
        (claims.get(CLAIM + "message_type") in (RESOURCE, LINK_REQUEST), "It is of a kind that is not known here."),
        (
            str(claims.get(CLAIM + "deployment_id")) in platform.deployment_ids,
            "Its deployment ID is not registered here.",
        ),
    ):
        if not is_good:
            raise Refused(f"The launch cannot be trusted: {what}")


def _key(platform: Platform, kid: Any) -> Any:
    """The key of a platform with this id, asked for again when it is not among those that are kept."""
    kept = f"lti-keys:{platform.pk}:{platform.keys_address}"
    keys = cache.get(kept)
    if keys is None or (kid not in _by_id(keys) and cache.add(f"{kept}:again", True, AGAIN)):
        keys = ask_json("GET", platform.keys_address)
        cache.set(kept, keys, KEPT)
    found = _by_id(keys).get(kid)
    if found is None:
        raise Refused("The course system has no key of the name with which the launch is signed.")
    return jwt.PyJWK(found, algorithm="RS256")


def _by_id(keys: dict[str, Any]) -> dict[str, Any]:
    listed = keys.get("keys")
    return {
        each["kid"]: each
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict) and each.get("kty") == "RSA" and isinstance(each.get("kid"), str)
    }
