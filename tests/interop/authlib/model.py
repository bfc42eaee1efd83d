"""What the server remembers, in the shapes that authlib asks for."""

import time
from dataclasses import dataclass, field

from authlib.oauth2 import rfc6749, rfc8628


class Client(rfc6749.ClientMixin):
    """A client, by what RFC 7591 says of it."""

    def __init__(self, client_info, client_metadata):
        self.client_info = client_info
        self.client_metadata = client_metadata

    @property
    def id(self):
        return self.client_info["client_id"]

    @property
    def secret(self):
        return self.client_info.get("client_secret")

    @property
    def jwks(self):
        return self.client_metadata.get("jwks")

    def get_client_id(self):
        return self.id

    def get_default_redirect_uri(self):
        return None

    def get_allowed_scope(self, scope):
        """All of what was asked for, or nothing: a narrower grant is not among the cases."""
        known = self.client_metadata.get("scope", "").split()
        asked = (scope or "").split() or known
        return " ".join(asked) if set(asked) <= set(known) else None

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri in self.client_metadata.get("redirect_uris", [])

    def check_client_secret(self, client_secret):
        return self.secret == client_secret

    def check_endpoint_auth_method(self, method, endpoint):
        mine = self.client_metadata["token_endpoint_auth_method"]
        return mine == method or (method == "client_assertion_jwt" and mine.endswith("_jwt"))

    def check_response_type(self, response_type):
        return response_type in self.client_metadata.get("response_types", ["code"])

    def check_grant_type(self, grant_type):
        return grant_type in self.client_metadata.get("grant_types", ["authorization_code"])


@dataclass
class Code(rfc6749.AuthorizationCodeMixin):
    code: str
    client: Client
    user: str
    redirect_uri: str | None
    scope: str
    code_challenge: str | None
    code_challenge_method: str | None
    expires_at: float = field(default_factory=lambda: time.time() + 60)

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def is_expired(self):
        return self.expires_at < time.time()


@dataclass
class Token(rfc6749.TokenMixin):
    client: Client
    user: str | None
    token_type: str
    access_token: str
    expires_in: int
    scope: str = ""
    refresh_token: str | None = None
    issued_at: int = field(default_factory=lambda: int(time.time()))
    revoked: bool = False

    @property
    def expires_at(self):
        return self.issued_at + self.expires_in

    def check_client(self, client):
        return self.client is client

    def get_scope(self):
        return self.scope

    def get_expires_in(self):
        return self.expires_in

    def is_expired(self):
        return self.expires_at < time.time()

    def is_revoked(self):
        return self.revoked


class Device(rfc8628.DeviceCredentialDict):
    """A device that waits: `decision` is the user and whether they allow it."""

    decision = None
    last_poll = None

    def asks_too_often(self):
        last, self.last_poll = self.last_poll, time.monotonic()
        return last is not None and self.last_poll - last < self["interval"]


@dataclass
class RegistrationToken:
    client: Client

    def check_client(self, client):
        return self.client is client
