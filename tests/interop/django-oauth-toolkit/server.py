"""django-oauth-toolkit with the clients of scenario.toml, on a loopback address.

start.sh starts it, in the folder where its database is to be.
"""

import secrets
import sys

import django
from django.conf import settings
from django.core.management import call_command

PORT = 24827
BASE = f"http://127.0.0.1:{PORT}"
CALLBACK = "http://127.0.0.1:24818/callback"
LOGIN_PAGE = """<!doctype html><title>Log in</title>
<form method="post">{% csrf_token %}{{ form }}
<input type="hidden" name="next" value="{{ next }}"><button>Log in</button></form>"""

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": "db.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    LOGIN_URL="/login/",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    OAUTH2_PROVIDER={
        "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
        "DCR_ENABLED": True,
        "DCR_REGISTRATION_PERMISSION_CLASSES": ["oauth2_provider.dcr.AllowAllDCRPermission"],
        "DEVICE_FLOW_INTERVAL": 1,
        "OAUTH_DEVICE_VERIFICATION_URI": f"{BASE}/o/device/",
        "OIDC_ISS_ENDPOINT": f"{BASE}/o",
        "REFRESH_TOKEN_REUSE_PROTECTION": True,
        "SCOPES": {"read": "Read your photos", "introspection": "Introspect"},
        "DEFAULT_SCOPES": ["read"],
    },
    # Fast, which is all that a test wants of them.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(),
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ],
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN_PAGE}),
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        }
    ],
    USE_TZ=True,
)
django.setup()

# What follows needs the settings.
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.views import LoginView  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import get_application_model  # noqa: E402
from oauth2_provider.urls import metadata_urlpatterns  # noqa: E402
from oauth2_provider.views.generic import ScopedProtectedResourceView  # noqa: E402
from oauth2_provider.views.mixins import ProtectedResourceMetadataMixin  # noqa: E402


class Photos(ProtectedResourceMetadataMixin, ScopedProtectedResourceView):
    """The resource: it answers a request without a good token with 401 and a challenge."""

    required_scopes = ["read"]
    resource_metadata_url = f"{BASE}/.well-known/oauth-protected-resource/photos"

    def get(self, request):
        return JsonResponse({"user": request.resource_owner.username, "photos": ["Winter"]})


urlpatterns = [
    path("o/", include("oauth2_provider.urls")),
    path("", include((metadata_urlpatterns, "metadata"))),
    path("login/", LoginView.as_view()),
    path("photos", Photos.as_view()),
]


def client(client_id, secret="", grant="authorization-code"):
    get_application_model().objects.create(
        name=client_id,
        client_id=client_id,
        client_secret=secret,
        client_type="confidential" if secret else "public",
        authorization_grant_type=grant,
        redirect_uris=CALLBACK,
    )


def seed():
    get_user_model().objects.create_user("alice", password="wonderland")
    client("basic", "basic-secret-0123456789")
    client("post", "post-secret-0123456789")
    client("public")
    # These survive only if both are form-encoded before they are base64 (RFC 6749 section 2.3.1).
    client("odd:client-id", 'odd+%:/?&="\\~-secret-0123456789')
    client("spaced client", "spaced secret-0123456789")
    client("device", grant="urn:ietf:params:oauth:grant-type:device_code")
    client("machine", "machine-secret-0123456789", "client-credentials")
    client("resource-server", "resource-server-secret-0123456789", "client-credentials")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    seed()
    sys.argv[1:] = []
    call_command("runserver", f"127.0.0.1:{PORT}", use_reloader=False)
