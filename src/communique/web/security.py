"""Who may ask the desk for what: names, origins, token, forms, limits, and the headers of every answer.

A desk on the own machine can be reached by every page open in the same browser. So: an unknown Host is refused (names
that turn to 127.0.0.1 by trick), anything that writes must come from the desk's own pages (Origin) and carry the token
of its form, and no page may be framed or load anything from elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.web import peers
from communique.web.errors import Refusal, of_anything, refused
from communique.web.options import Options

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # "no-referrer" would make browsers hide the origin of our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}
SAFE = frozenset({"GET", "HEAD"})
TOKEN_COOKIE, FORM_COOKIE = "communique_token", "communique_form"
CLIENTS = 4_096  # clients whose rate is remembered
GUESSES = 10.0  # wrong tokens a minute


class Buckets:
    """A token bucket for each client: `rate` a second in the long run, `burst` at once."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> bool:
        """Whether the client may go on; takes one."""
        now = time.monotonic()
        left, at = self._held.pop(client, (self.burst, now))
        left = min(self.burst, left + (now - at) * self.rate)
        allowed = left >= 1
        self._held[client] = (left - 1 if allowed else left, now)
        while len(self._held) > CLIENTS:
            self._held.popitem(last=False)
        return allowed


class Guard:
    """The door of the desk, around everything else."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self.app, self.options = app, options
        self._secret = secrets.token_bytes(32)
        self._reads = Buckets(options.reads, options.burst)
        self._writes = Buckets(options.writes / 60, options.writes)
        self._guesses = Buckets(GUESSES / 60, GUESSES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or hands on with the headers and the form's token."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        request = Request(scope)
        fresh: str | None = None

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if fresh:
                    headers.append("set-cookie", f"{FORM_COOKIE}={fresh}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        try:
            entered = self._enter(request)
            if entered is not None:
                await entered(scope, receive, dressed)
                return
            session = _cookie(request, FORM_COOKIE)
            if not session and not request.url.path.startswith("/static/"):
                fresh = session = secrets.token_urlsafe(24)
            scope.setdefault("state", {})["form"] = self.form_token(session)
            if request.method not in SAFE:
                self._writing(request)
        except Refusal as refusal:
            await refused(request, refusal)(scope, receive, dressed)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await dressed(message)

        try:
            await self.app(scope, _limited(receive, self.options.upload), watched)
        except Exception as fault:
            if started:  # too late for a page: the connection breaks
                raise
            await of_anything(request, fault)(scope, receive, dressed)

    def form_token(self, session: str) -> str:
        """What a form of this browser must carry."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def _enter(self, request: Request) -> Response | None:
        """None where the request may go on; the redirect that a token in the address becomes; Refusal else."""
        client = request.client.host if request.client else "unknown"
        host = _name(request.headers.get("host", ""))
        if host not in self.options.names:
            raise Refusal(421, "this name is not the desk's", "Open it at the address that `communique serve` printed")
        if not self._reads.take(client):
            raise Refusal(429, "too many requests", "Wait a few seconds and load the page again")
        token = self.options.token
        if token is None or request.url.path.startswith("/static/"):
            return None
        query = dict(parse_qsl(request.url.query, keep_blank_values=True))
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        shown = _cookie(request, TOKEN_COOKIE) or bearer or query.get("token", "")
        if not shown:
            raise Refusal(
                401, "this desk asks for a token", "Open the address with ?token=… that it printed at its start"
            )
        if not hmac.compare_digest(shown.encode(), token.encode()):
            if not self._guesses.take(client):
                raise Refusal(429, "too many wrong tokens", "Wait a minute")
            raise Refusal(401, "the token is not the desk's", "Take the address that `communique serve` printed last")
        if "token" in query and request.method in SAFE:
            del query["token"]  # out of the address, where it could be seen and copied
            answer = RedirectResponse(request.url.path + (f"?{urlencode(query)}" if query else ""), 303)
            answer.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict")
            return answer
        return None

    def _writing(self, request: Request) -> None:
        """Only the desk's own pages may write, and not without end."""
        client = request.client.host if request.client else "unknown"
        if request.method != "POST":
            raise Refusal(405, f"{request.method} is not done here", "Pages are read, and forms are sent with POST")
        origin = request.headers.get("origin") or request.headers.get("referer") or ""
        site = request.headers.get("sec-fetch-site")
        theirs = _netloc(origin) if origin != "null" else ""
        if site not in (None, "same-origin") or (origin and theirs != request.headers.get("host")):
            raise Refusal(403, "this form does not come from the desk", "Open the page in the desk and send it again")
        if self.options.token is None and request.client and peers.stranger(*request.client):
            raise Refusal(
                403,
                "another user of this machine started this desk, and only that user may write",
                "Look as long as you like; to write, ask for a desk with a token (communique serve --token)",
            )
        if not self._writes.take(client):
            raise Refusal(429, "too many changes at once", "Wait a minute and go on")
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > self.options.upload:
            raise Refusal(
                413,
                f"more than {self.options.upload // 1_000_000} megabytes at once",
                "Send fewer files, or read them with `communique read`",
            )


def check_form(request: Request, given: str | None) -> None:
    """Raises Refusal where a form does not carry the token that the desk gave this browser."""
    expected = getattr(request.state, "form", "")
    shown = given or request.headers.get("x-form-token", "")
    if not expected or not hmac.compare_digest(shown.encode("utf8", "replace"), expected.encode()):
        raise Refusal(403, "this form is too old", "Load the page again and send it once more; the desk was restarted")


def _limited(receive: Receive, most: int) -> Receive:
    """Stops a body that is longer than was said or allowed."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise Refusal(413, f"more than {most // 1_000_000} megabytes at once", "Send fewer files")
        return message

    return counted


def _cookie(request: Request, name: str) -> str:
    jar: SimpleCookie = SimpleCookie()
    for held in Headers(scope=request.scope).getlist("cookie"):
        try:
            jar.load(held)
        except CookieError:  # a broken cookie is no cookie
            return ""
    return jar[name].value if name in jar else ""


def _name(host: str) -> str:
    """The name of a Host header without its port."""
    if host.startswith("["):
        name, closing, rest = host[1:].partition("]")
        return "" if not closing or rest.strip(":0123456789") else name.lower()
    return host.rpartition(":")[0].lower() if ":" in host else host.lower()


def _netloc(address: str) -> str:
    """The host and port of an address, empty where it is none ("https://[x]/")."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
