"""What authlib asks of its user: a memory behind each of its grants and endpoints."""

import secrets
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2 import rfc6750, rfc7009, rfc7523, rfc7591, rfc7592, rfc7636, rfc7662
from authlib.oauth2 import rfc8414, rfc8628, rfc9207
from authlib.oauth2.rfc6749 import grants
from flask import request
from joserfc.jwk import KeySet, OctKey

from model import Client, Code, Device, RegistrationToken, Token

PORT = 24837
ISSUER = f"http://127.0.0.1:{PORT}"
SCOPES = ["photos", "profile"]
DEVICE = rfc8628.DEVICE_CODE_GRANT_TYPE
LOGIN_GRANTS = ["authorization_code", "refresh_token"]
ASSERTION = "client_assertion_jwt"
# What authlib calls the ways to authenticate; one of ours stands for both kinds of assertions.
METHODS = ["client_secret_basic", "client_secret_post", ASSERTION, "none"]
METADATA = rfc8414.AuthorizationServerMetadata(
    issuer=ISSUER,
    authorization_endpoint=f"{ISSUER}/authorize",
    token_endpoint=f"{ISSUER}/token",
    registration_endpoint=f"{ISSUER}/register",
    revocation_endpoint=f"{ISSUER}/revoke",
    introspection_endpoint=f"{ISSUER}/introspect",
    device_authorization_endpoint=f"{ISSUER}/device_authorization",
    scopes_supported=SCOPES,
    response_types_supported=["code"],
    grant_types_supported=[*LOGIN_GRANTS, "client_credentials", DEVICE],
    token_endpoint_auth_methods_supported=[
        *METHODS[:2], "client_secret_jwt", "private_key_jwt", "none"
    ],
    token_endpoint_auth_signing_alg_values_supported=["HS256", "ES256"],
    code_challenge_methods_supported=["S256"],
    authorization_response_iss_parameter_supported=True,
)
METADATA.validate(metadata_classes=[rfc9207.AuthorizationServerMetadata])
clients, codes, devices, tokens, registration_tokens, jtis = {}, {}, {}, [], {}, set()


def save_token(values, asked):
    tokens.append(Token(asked.client, asked.user, **values))


def find_token(value):
    return next((t for t in tokens if value in (t.access_token, t.refresh_token)), None)


server = AuthorizationServer(query_client=clients.get, save_token=save_token)


class Assertion(rfc7523.JWTBearerClientAssertion):
    CLIENT_AUTH_METHOD = ASSERTION

    def get_audiences(self):
        return [ISSUER, METADATA["token_endpoint"]]

    def validate_jti(self, claims, jti):
        known = (claims["sub"], jti) in jtis
        jtis.add((claims["sub"], jti))
        return not known

    def resolve_client_public_key(self, client):
        if client.jwks:
            return KeySet.import_key_set(client.jwks)
        return OctKey.import_key(client.secret)


class CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def save_authorization_code(self, code, asked):
        data = asked.payload.data
        challenge = (data.get("code_challenge"), data.get("code_challenge_method"))
        uri, scope = asked.payload.redirect_uri, asked.scope
        codes[code] = Code(code, asked.client, asked.user, uri, scope, *challenge)

    def query_authorization_code(self, code, client):
        found = codes.get(code)
        return found if found and found.client is client and not found.is_expired() else None

    def delete_authorization_code(self, code):
        del codes[code.code]

    def authenticate_user(self, code):
        return code.user


class S256(rfc7636.CodeChallenge):
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]


class RefreshGrant(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, value):
        return next((t for t in tokens if t.refresh_token == value and not t.revoked), None)

    def authenticate_user(self, token):
        return token.user

    def revoke_old_credential(self, token):
        token.revoked = True


class MachineGrant(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS[:-1]


class DeviceGrant(rfc8628.DeviceCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def query_device_credential(self, device_code):
        return next((d for d in devices.values() if d["device_code"] == device_code), None)

    def query_user_grant(self, user_code):
        return devices[user_code].decision

    def should_slow_down(self, device):
        return device.asks_too_often()

    def create_token_response(self):
        del devices[self.request.credential.get_user_code()]
        return super().create_token_response()


class DeviceEndpoint(rfc8628.DeviceAuthorizationEndpoint):
    CLIENT_AUTH_METHODS = METHODS
    INTERVAL = 1

    def get_verification_uri(self):
        return f"{ISSUER}/device"

    def save_device_credential(self, client_id, scope, data):
        asked = {"client_id": client_id, "scope": scope}
        expires_at = time.time() + data["expires_in"]
        devices[data["user_code"]] = Device(data, expires_at=expires_at, **asked)


class Revocation(rfc7009.RevocationEndpoint):
    CLIENT_AUTH_METHODS = METHODS

    def query_token(self, value, hint):
        return find_token(value)

    def revoke_token(self, token, asked):
        token.revoked = True


class Introspection(rfc7662.IntrospectionEndpoint):
    CLIENT_AUTH_METHODS = METHODS[:-1]

    def query_token(self, value, hint):
        return find_token(value)

    def check_permission(self, token, client, asked):
        return client.id == "resource-server" or token.check_client(client)

    def introspect_token(self, token):
        claims = {"iss": ISSUER, "client_id": token.client.id, "scope": token.scope}
        claims |= {"token_type": "Bearer", "iat": token.issued_at, "exp": token.expires_at}
        return claims | ({"sub": token.user, "username": token.user} if token.user else {})


class Registration(rfc7591.ClientRegistrationEndpoint):
    def get_server_metadata(self):
        return METADATA

    def authenticate_token(self, asked):
        return "whoever asks"

    def generate_client_info(self, asked):
        info = super().generate_client_info(asked)
        if asked.payload.data.get("token_endpoint_auth_method") == "none":
            del info["client_secret"], info["client_secret_expires_at"]
        return info

    def save_client(self, info, metadata, asked):
        clients[info["client_id"]] = Client(info, metadata)
        return clients[info["client_id"]]

    def generate_client_registration_info(self, client, asked):
        token = secrets.token_urlsafe(32)
        registration_tokens[token] = RegistrationToken(client)
        return {
            "registration_client_uri": f"{ISSUER}/register/{client.id}",
            "registration_access_token": token,
        }


class Configuration(rfc7592.ClientConfigurationEndpoint):
    def get_server_metadata(self):
        return METADATA

    def bearer(self, asked):
        return asked.headers.get("Authorization", "").removeprefix("Bearer ")

    def authenticate_token(self, asked):
        return registration_tokens.get(self.bearer(asked))

    def authenticate_client(self, asked):
        return clients.get(request.view_args["client_id"])

    def revoke_access_token(self, asked, token):
        del registration_tokens[self.bearer(asked)]

    def check_permission(self, client, asked):
        return True

    def delete_client(self, client, asked):
        del clients[client.id]

    def update_client(self, client, metadata, asked):
        client.client_metadata = metadata
        return client

    def generate_client_registration_info(self, client, asked):
        token = self.bearer(asked)
        return {"registration_client_uri": asked.uri, "registration_access_token": token}


class Issuer(rfc9207.IssuerParameter):
    def get_issuer(self):
        return ISSUER


class Bearer(rfc6750.BearerTokenValidator):
    def authenticate_token(self, value):
        return next((t for t in tokens if t.access_token == value), None)


server.register_client_auth_method(ASSERTION, Assertion())
server.register_grant(CodeGrant, [S256(required=True)])
for grant in (RefreshGrant, MachineGrant, DeviceGrant):
    server.register_grant(grant)
for kind in (DeviceEndpoint, Revocation, Introspection, Registration, Configuration):
    server.register_endpoint(kind)
# What the server answers by itself, beside the token endpoint.
ENDPOINTS = {
    "/device_authorization": DeviceEndpoint.ENDPOINT_NAME,
    "/introspect": Introspection.ENDPOINT_NAME,
    "/register": Registration.ENDPOINT_NAME,
    "/revoke": Revocation.ENDPOINT_NAME,
}
issuer = Issuer()
server.register_extension(issuer)
require_token = ResourceProtector()
require_token.register_token_validator(Bearer(realm="photos"))
