"""A minimal authorization server on authlib: routing, pages and memory are ours, the answers its.

start.sh starts it, in the folder where the private key of a client is to be. Nothing outlives it.
"""

import json
import os
import secrets
from pathlib import Path
from urllib.parse import urlencode

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain http, on a loopback address

from authlib.integrations.flask_oauth2 import current_token
from authlib.oauth2 import OAuth2Error
from flask import Flask, abort, jsonify, redirect, render_template_string, request, session
from joserfc.jwk import ECKey

from authority import DEVICE, ENDPOINTS, LOGIN_GRANTS, METADATA, PORT, SCOPES
from authority import clients, devices, issuer, require_token, server
from model import Client

CALLBACK = "http://127.0.0.1:24818/callback"
BASIC = "client_secret_basic"
PASSWORDS = {"alice": "wonderland"}
PAGE = """<!doctype html>
<meta name="viewport" content="width=device-width">
<title>authlib</title>
<h1>{{ title }}</h1>
{% if buttons %}<form method="post">
{% for name, type in inputs %}
<p><label>{{ name }} <input name="{{ name }}" type="{{ type }}"></label>
{% endfor %}
{% for label in buttons %}
<button name="decision" value="{{ label }}">{{ label }}</button>
{% endfor %}
</form>{% endif %}"""

app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
# Cookies know no ports. What another site posts comes without this one: no site can consent.
app.config.update(SESSION_COOKIE_NAME="authlib_session", SESSION_COOKIE_SAMESITE="Lax")
app.config.update(OAUTH2_REFRESH_TOKEN_GENERATOR=True, OAUTH2_SCOPES_SUPPORTED=SCOPES)
server.init_app(app)


def page(title, *buttons, inputs=(), status=200):
    return render_template_string(PAGE, title=title, buttons=buttons, inputs=inputs), status


def log_in():
    """The login page; whoever is known there comes back to where they were."""
    return redirect("/login?" + urlencode({"next": request.full_path}))


@app.get("/.well-known/oauth-authorization-server")
def metadata():
    return jsonify(METADATA)


@app.route("/login", methods=["GET", "POST"])
def login():
    inputs = [("username", "text"), ("password", "password")]
    if request.method == "GET":
        return page("Log in", "Log in", inputs=inputs)
    user = request.form["username"]
    if user not in PASSWORDS or request.form["password"] != PASSWORDS[user]:
        return page("That is not right", "Log in", inputs=inputs, status=403)
    session["user"] = user
    to = request.args.get("next", "")
    return redirect(to if to.startswith("/") and not to.startswith("//") else "/login")


@app.route("/authorize", methods=["GET", "POST"])
def authorize():
    user = session.get("user")
    try:
        grant = server.get_consent_grant(end_user=user)
    except OAuth2Error as error:
        response = server.handle_error_response(request, error)
        issuer.add_issuer_parameter(server, response)
        return response
    if user is None:
        return log_in()
    if request.method == "GET":
        return page(f"{grant.client.id} asks for: {grant.request.scope}", "Allow", "Deny")
    allows = request.form.get("decision") == "Allow"
    return server.create_authorization_response(grant=grant, grant_user=user if allows else None)


@app.route("/device", methods=["GET", "POST"])
def device():
    if "user" not in session:
        return log_in()
    if request.method == "GET":
        inputs = [("user_code", "text")]
        return page("Type the code that your device shows", "Go on", inputs=inputs)
    code = request.form.get("user_code", "").upper()
    if code not in devices:
        return page("No device shows that code", status=404)
    return redirect(f"/device/{code}")


@app.route("/device/<code>", methods=["GET", "POST"])
def device_consent(code):
    if "user" not in session:
        return log_in()
    asked = devices.get(code) or abort(404)
    if request.method == "GET":
        return page(f"{asked.get_client_id()} asks for: {asked.get_scope()}", "Allow", "Deny")
    asked.decision = (session["user"], request.form.get("decision") == "Allow")
    return page("Go on at your device, please")


for path, name in ENDPOINTS.items():
    app.post(path, endpoint=name)(lambda name=name: server.create_endpoint_response(name))
app.post("/token", endpoint="token")(server.create_token_response)


@app.route("/register/<client_id>", methods=["GET", "PUT", "DELETE"])
def configure(client_id):
    return server.create_endpoint_response("client_configuration")


@app.get("/photos")
@require_token("photos")
def photos():
    return jsonify(user=current_token.user, photos=["Winter", "Harbour"])


def add_client(client_id, method=BASIC, grant_types=LOGIN_GRANTS, secret=None, **more):
    info = {"client_id": client_id}
    if "secret" in method:
        info["client_secret"] = secret or f"{client_id}-secret-0123456789-abcdefghijkl"
    metadata = {"token_endpoint_auth_method": method, "grant_types": grant_types}
    metadata |= {"redirect_uris": [CALLBACK], "scope": " ".join(SCOPES)}
    clients[client_id] = Client(info, metadata | more)


if __name__ == "__main__":
    key = ECKey.generate_key("P-256", {"kid": "interop", "alg": "ES256", "use": "sig"})
    Path("client-key.json").touch(mode=0o600)
    Path("client-key.json").write_text(json.dumps(key.as_dict(private=True)))
    add_client("basic")
    add_client("post", "client_secret_post")
    add_client("public", "none")
    # No space: authlib takes the form-encoding of RFC 6749 section 2.3.1 off, but for `+`.
    add_client("odd:client-id", secret='odd+%:/?&="\\~-secret-0123456789-abcdefghijkl')
    add_client("secret-jwt", "client_secret_jwt")
    add_client("key-jwt", "private_key_jwt", jwks={"keys": [key.as_dict(private=False)]})
    add_client("device", "none", grant_types=[DEVICE, "refresh_token"])
    add_client("machine", grant_types=["client_credentials"])
    add_client("resource-server", grant_types=["client_credentials"])
    app.run("127.0.0.1", PORT)
