"""Every setting of the house. Defaults run it whole, on SQLite, with no other service.

What an operator may set is read through `env` and described in docs/operations.md.
"""

import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from house import env

SOURCE = Path(__file__).resolve().parent
DATA = env.folder("HOUSE_DATA", SOURCE.parent.parent / "var")

# -- Who we are ----------------------------------------------------------------------------------

HOSTS = env.words("HOUSE_HOSTS")
# The demonstration shows every mail to everybody, so it is the default only where nobody outside can come.
DEMO = env.boolean("HOUSE_DEMO", default=not HOSTS)
# Without a name the house stands on this machine, at the port that `house start` opens.
_HERE = f"http://localhost:{env.text('PORT', '8000')}"
BASE_URL = env.text("HOUSE_URL", f"https://{HOSTS[0]}" if HOSTS else _HERE)
SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [*HOSTS, "localhost", "127.0.0.1", "[::1]"] if DEMO else HOSTS
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []
DEBUG = False


def _secret() -> str:
    """The operator's secret; in the demonstration, one made for this data folder alone."""
    if given := env.text("HOUSE_SECRET_KEY"):
        return given
    if not DEMO:
        raise ImproperlyConfigured("HOUSE_SECRET_KEY (or HOUSE_SECRET_KEY_FILE) must be set.")
    kept = DATA / "secret"
    if not kept.exists():
        made = DATA / f"secret.{secrets.token_hex(4)}"
        made.write_text(secrets.token_urlsafe(48), encoding="ascii")
        made.chmod(0o600)
        with suppress(FileExistsError):  # the first process wins; the others read what it wrote
            kept.hardlink_to(made)
        made.unlink()
    return kept.read_text(encoding="ascii")


SECRET_KEY = _secret()

# -- Parts ---------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "house.front",
    "house.office",
    "house.api",
    "house.alex",
    "house.agora",
    "house.groups",
    "house.gatherings",
    "house.meetings",
    "house.showcase",
    "house.magazine",
    "house.magazine.desk",
    "house.radar",
    "house.atlas.initiatives",
    "house.atlas.mobility",
    "house.atlas.clauses",
    "house.memory",
    "house.retrieval",
    "house.notices",
    "house.partners",
    "house.people",
    "house.vocabulary",
    "house.access",
    "house.ground",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "wagtail.admin",
    "wagtail.images",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "house.ground.middleware.readable",  # before anything reads an address, a cookie or a form
    "house.front.keeping.kept_pages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "house.ground.turns.turns",
    "django.middleware.gzip.GZipMiddleware",  # adds random length, so that size tells no secret
    "csp.middleware.CSPMiddleware",
    "house.ground.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "house.front.languages.spoken",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "house.partners.middleware.viewer",
    "house.people.middleware.own_time_zone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "house.front.errors.refusals",
]
ROOT_URLCONF = "house.urls"
WSGI_APPLICATION = "house.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "house.front.context.chrome",
            ],
        },
    }
]

# -- Records, files, cache, background -----------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env.text("HOUSE_DATABASE_URL", f"sqlite:///{DATA / 'house.sqlite3'}"), conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits at the start, never fails at its end
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
            "PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
        ),
    }
MEDIA_ROOT = DATA / "media"
# Digests of who was erased: not in backups, so that none brings her back.
ERASED_FILE = DATA / "erased"
IMPORTS_ROOT = DATA / "imports"  # uploads wait here to be imported; never served
STATIC_ROOT = env.folder("HOUSE_STATIC", DATA / "static")
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "house.ground.packing.Storage"},
}
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
CACHES = {
    # Shared by all processes: sign-in limits must hold across workers.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # One process's own memory: rendered public parts, search limits.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
if HOUSE_CACHE_URL := env.text("HOUSE_CACHE_URL"):
    CACHES["default"] = CACHES["local"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": HOUSE_CACHE_URL,
    }
SHARED_CACHE = bool(HOUSE_CACHE_URL)
KEPT_PAGES_SECONDS = env.integer("HOUSE_KEPT_PAGES_SECONDS", 30)  # pages for visitors; 0 keeps none
# Its time says when something public changed last: `ground.pages`.
PAGES_FILE = DATA / "pages"
CARDS_ROOT = DATA / "cards"  # pictures for links to public pages; may be deleted at any time
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# -- Retrieval and answers -----------------------------------------------------------------------

INDEX_ROOT = DATA / "index"
MODELS_ROOT = DATA / "models"
EMBEDDINGS_URL = env.text("HOUSE_EMBEDDINGS_URL")
EMBEDDINGS_KEY = env.text("HOUSE_EMBEDDINGS_KEY")
EMBEDDINGS_MODEL = env.text("HOUSE_EMBEDDINGS_MODEL")
EMBEDDINGS_THREADS = env.integer("HOUSE_EMBEDDINGS_THREADS", 1)
CHAT_URL = env.text("HOUSE_CHAT_URL")
CHAT_KEY = env.text("HOUSE_CHAT_KEY")
CHAT_MODEL = env.text("HOUSE_CHAT_MODEL")
TRANSLATE_URL = env.text("HOUSE_TRANSLATE_URL")
TRANSLATE_KEY = env.text("HOUSE_TRANSLATE_KEY")

# -- People and sign-in --------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "house.magazine.desk.editors.Editors",  # lets nobody in; tells Wagtail who edits
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "house.people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "house.people.models.display_name"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION = "none"  # the typed code proves the address at every sign-in
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "request_login_code": "house.people.forms_signin.AskForm",
    "confirm_login_code": "house.people.forms_signin.CodeForm",
}
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}  # ours are in `people.tally`
MFA_ADAPTER = "house.people.factors.Adapter"
MFA_FORMS = {
    "authenticate": "house.people.forms_signin.SecondForm",
    "login_webauthn": "house.people.forms_signin.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ by a little
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_REAUTHENTICATION_REQUIRED = False  # void without passwords; `people.sudo` asks instead

# -- Mail ----------------------------------------------------------------------------------------

# whom a city writes to that wants to join
CONTACT_EMAIL = env.text("HOUSE_CONTACT", "office@example.org")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("HOUSE_MAIL_FROM", "Digital House <house@localhost>")
MAILBOX_ROOT = DATA / "mailbox"
SPOOL_ROOT = DATA / "outgoing"
# Knows what became of each mail; the carrier sends.
EMAIL_BACKEND = "house.notices.transport.Transport"
MAIL_CARRIER = "house.ground.mailbox.MailboxBackend"
# Only a real mail server takes long enough to tell who is known here; see `people.emails.send_aside`.
MAIL_ASIDE = bool(env.text("HOUSE_EMAIL_URL"))
if HOUSE_EMAIL_URL := env.text("HOUSE_EMAIL_URL"):
    MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(env.smtp(HOUSE_EMAIL_URL))
elif not DEMO:
    raise ImproperlyConfigured("HOUSE_EMAIL_URL must be set: without mail nobody can sign in.")

# Where answers by mail come in, such as reply@house.example; empty where the house takes none.
REPLY_ADDRESS = env.address("HOUSE_REPLY_ADDRESS")
# By which name our own mail server signs its Authentication-Results; without it no sender is believed.
INTAKE_AUTHSERV = env.text("HOUSE_INTAKE_AUTHSERV").lower()
INTAKE_ROOT = DATA / "incoming"

# -- Languages and time --------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["house.ground.formats"]
# What the shell speaks (`front.languages`); texts of people have their own (`vocabulary.languages`).
LANGUAGES = [
    ("en", "English"), ("nl", "Nederlands"), ("es", "Español"), ("fr", "Français"), ("de", "Deutsch"),
    ("ko", "한국어"), ("he", "עברית"),
]  # fmt: skip
LOCALE_PATHS = [SOURCE / "locale"]

# -- Maps ----------------------------------------------------------------------------------------

# Pictures of streets, such as https://tiles.example/{z}/{x}/{y}.png; without it coasts of our own.
TILES_URL = env.text("HOUSE_TILES_URL")
TILES_ATTRIBUTION = env.text("HOUSE_TILES_ATTRIBUTION")
TILES_HOST = "{0.scheme}://{0.netloc}".format(urlsplit(TILES_URL)) if TILES_URL else ""
if TILES_URL and not TILES_ATTRIBUTION:
    raise ImproperlyConfigured(
        "HOUSE_TILES_ATTRIBUTION must name whose pictures HOUSE_TILES_URL shows."
    )

# -- Safety --------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *([TILES_HOST] if TILES_HOST else [])],
        "media-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-house" if SECURE else "house"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_FAILURE_VIEW = "house.front.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.boolean("HOUSE_HTTPS_REDIRECT", default=False)
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
# Set only behind a proxy that overwrites these headers; otherwise a caller could choose its own address.
BEHIND_PROXY = env.boolean("HOUSE_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SEARCH_RATE = env.integer("HOUSE_SEARCH_RATE", 120)  # searches a minute, for one address or person
SILENCED_SYSTEM_CHECKS: list[str] = []

# -- The magazine's desk (Wagtail; see decision 107) -----------------------------------------------

WAGTAIL_SITE_NAME = "Digital House"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "magazine.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # no drawings that could hold a script
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 5 * 1024 * 1024
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing is asked of anybody outside
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "house.magazine.desk.finishing.finished"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "house.magazine.desk.writing.RichText"}}
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database.fallback"}
}  # what readers find is found by `retrieval`
# One file instead of Wagtail's two hundred: tests and a first start take a minute less (decision 107).
MIGRATION_MODULES = {
    "wagtailcore": "house.magazine.migrations.wagtail.core",
    "wagtailadmin": "house.magazine.migrations.wagtail.admin",
    "wagtailimages": "house.magazine.migrations.wagtail.images",
    "wagtailusers": "house.magazine.migrations.wagtail.users",
    "taggit": "house.magazine.migrations.wagtail.taggit",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("HOUSE_LOG_LEVEL", "WARNING")},
}
