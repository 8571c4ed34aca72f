"""Who sits in front of the page, and what that person may do.

On one's own machine a person gives a name and may do everything. Where the pages are served to others, or a login or a
file of people is configured, the provider of the login says who it is and the file of people what that person may do:
both are asked anew at every click, so that a role that was taken away is gone at once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import time
from collections import OrderedDict
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import streamlit as st

from analysis import pipeline
from analysis.model import InputError
from analysis.pipeline import NOBODY, Actor, Login, People, Records, Role
from analysis.present.markup import render
from pages import _session, _ui
from pages._kept import kept

_LONGEST = 40
_LEAST_SECRET = 32  # characters
_NEEDED = ("client_id", "client_secret", "server_metadata_url")
_SECRETS = ".streamlit/secrets.toml"
_REMEMBERED = 10_000  # logins that ended, and pages to go back to
_FORWARDED = ("x-forwarded-", "x-real-ip", "forwarded", "via")


# Whether a login is needed ----------------------------------------------------------------------------------------


def login_needed() -> bool:
    """Whether only a login says who somebody is: always where one is configured, and where others reach the pages."""
    return pipeline.people_path() is not None or bool(_settings()) or served_to_others()


def served_to_others() -> bool:
    """Whether people on other machines reach these pages: by the address that is served or asked for, or a proxy."""
    headers = st.context.headers
    if not _loops_back(str(st.get_option("server.address") or "")):
        return True
    if any(name.lower().startswith(_FORWARDED) for name in headers):
        return True
    asked = (headers.get("Host"), urlsplit(headers.get("Origin") or "").netloc)
    return any(host and not _loops_back(urlsplit(f"//{host}").hostname or "") for host in asked)


def _loops_back(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _settings() -> Mapping[str, Any]:
    """What the operator wrote of the login; empty where there is nothing."""
    if not st.secrets.load_if_toml_exists():
        return {}
    found = st.secrets.get("auth", {})
    return found if isinstance(found, Mapping) else {}


def providers() -> tuple[str, ...]:
    """The names of the providers that are configured; that of the only one in ``[auth]`` itself is empty."""
    settings = _settings()
    named = [name for name, value in settings.items() if isinstance(value, Mapping) and "client_id" in value]
    return ("", *named) if "client_id" in settings else tuple(named)


def login_fault() -> InputError | None:
    """Why nobody can log in, as one sentence for the operator."""
    settings, offered = _settings(), providers()
    if not offered:
        what = "这里供别人访问，还没有配置登录，意见处理没有打开"
        return InputError(_SECRETS, "[auth]", what, "请管理员照 docs/decisions/identity.md 配好登录后重新启动")
    for name in offered:
        values, place = (settings[name], f"[auth.{name}]") if name else (settings, "[auth]")
        if missing := [key for key in _NEEDED if not values.get(key)]:
            return InputError(_SECRETS, f"{place} {missing[0]}", "缺少这一项", "请管理员补上后重新启动")
    if not settings.get("redirect_uri"):
        return InputError(_SECRETS, "[auth] redirect_uri", "缺少这一项", "请管理员写上本站网址加 /oauth2callback")
    if len(str(settings.get("cookie_secret", ""))) < _LEAST_SECRET:
        what = f"不足 {_LEAST_SECRET} 个字符，登录可能被冒充"
        return InputError(_SECRETS, "[auth] cookie_secret", what, "请管理员换成一段随机的长字符后重新启动")
    if importlib.util.find_spec("authlib") is None:
        what = "登录用的程序库没有安装"
        return InputError("Authlib", "", what, "请管理员运行 pip install -r requirements-login.txt 后重新启动")
    if pipeline.people_path() is None:
        what = "没有人员名单，谁也不能进入"
        return InputError(pipeline.PEOPLE_VARIABLE, "", what, "请管理员写好名单，用 make run PEOPLE=名单.toml 启动")
    return None


# Who it is --------------------------------------------------------------------------------------------------------


def actor() -> Actor:
    """Who acts; without a name nothing can be changed, and without a role nothing is seen. Raises ``InputError``.

    It comes from the server alone: nothing in the address and no cookie without our signature has a part in it.
    """
    if not login_needed():
        name = _session.file_store().name(_session.visitor())
        return Actor(name, Role.LEAD if name else Role.READER)
    login = None if login_fault() else _login()
    return pipeline.admitted(people(), login, time.time()) if login else NOBODY


def logged_in() -> bool:
    """Whether there is a login that holds, whatever it may do."""
    return login_fault() is None and _login() is not None


def name_of_login() -> str:
    """Under which name a person who is logged in checks; "" without a role. A file that cannot be read gives none."""
    try:
        return actor().name
    except InputError:
        return ""


def people() -> People:
    """Who is configured, as the file says at this moment. Raises ``InputError``."""
    path = pipeline.people_path()
    if path is None:
        return People()
    try:
        state = path.stat()
    except OSError:
        return pipeline.read_people(path)  # which says what is wrong
    return _people(path, (state.st_mtime_ns, state.st_size, state.st_ino))


@kept(most=4)
def _people(path: Path, state: tuple[int, int, int]) -> People:
    return pipeline.read_people(path)


def in_person(records: Records) -> Records:
    """A database as this person may see and change it; people of the file can be given comments."""
    if not login_needed():
        return records
    configured = people()
    if configured.persons:
        _listed(records, tuple(configured.roles.items()))
    return pipeline.asked_by(records, actor())


@kept(most=4)
def _listed(records: Records, roles: tuple[tuple[str, Role], ...]) -> None:
    pipeline.configure_people(records, dict(roles))


def _claims() -> Mapping[str, Any]:
    """What the signed cookie of the login holds."""
    return st.user.to_dict()


def _login() -> Login | None:
    """The login of this session, unless it was ended here or in another window."""
    claims = _claims()
    if claims.get("is_logged_in") is not True or _mark(claims) in _ended():
        return None
    since = claims.get("iat")
    verified = claims.get("email_verified")
    name = next((str(claims[key]) for key in ("name", "preferred_username") if claims.get(key)), "")
    return Login(
        subject=str(claims.get("sub") or ""),
        email=str(claims.get("email") or ""),
        name=" ".join(name.split()),
        since=float(since) if isinstance(since, int | float) else 0.0,
        verified=None if verified is None else str(verified).lower() == "true",
    )


def _mark(claims: Mapping[str, Any]) -> str:
    """What tells one login from another, the next one of the same person included."""
    told = [str(claims.get(key)) for key in ("iss", "sub", "iat", "nonce")]
    return hashlib.sha256("\0".join(told).encode(errors="replace")).hexdigest()


@kept(most=1)
def _ended() -> OrderedDict[str, None]:
    """The logins that were ended: a session that is still open elsewhere does not outlive its login."""
    return OrderedDict()


@kept(most=1)
def _waiting() -> OrderedDict[str, tuple[str, dict[str, Any]]]:
    """The page from which a visitor went to log in, with its address."""
    return OrderedDict()


def _remember(held: OrderedDict[str, Any], key: str, value: Any = None) -> None:
    held[key] = value
    while len(held) > _REMEMBERED:
        held.popitem(last=False)


def back_to() -> tuple[str, dict[str, Any]] | None:
    """After a login, once: the page from which it began, with what its address held."""
    if not _waiting() or _claims().get("is_logged_in") is not True:
        return None
    return _waiting().pop(_session.visitor(), None)


# What is drawn ----------------------------------------------------------------------------------------------------


def gate(page: str) -> bool:
    """Whether this person may see ``page``; else what to do is drawn in its place. Raises ``InputError``."""
    if not login_needed():
        return True
    if fault := login_fault():
        raise fault
    if actor().role is not Role.NONE:
        return True
    claims = _claims()
    if claims.get("is_logged_in") is not True or _mark(claims) in _ended():
        _ui.header("请先登录", "意见里有个人信息，登录后按人员名单上的权限查阅或办理。")
        login_buttons(page)
        return False
    _ui.header("您还不能进入意见处理", _refusal())
    _account(str(claims.get("name") or claims.get("email") or ""))
    return False


def _refusal() -> str:
    login = _login()
    hours = people().login_hours
    if login and time.time() - login.since > hours * 3600:
        return f"这次登录已超过 {hours} 小时，请退出后重新登录。"
    return "人员名单里没有您的账号，请管理员把您写进名单。"


def login_buttons(page: str, quiet: bool = False) -> None:
    """A button for each provider; the way leads back to ``page``."""
    with st.container(horizontal=True, key="identity-login", gap="small", width="content"):
        offered = providers()
        for name in offered:
            label = f"用 {_ui.literal(name)} 登录" if len(offered) > 1 and name else "登录"
            look: Literal["primary", "tertiary"] = "tertiary" if quiet else "primary"
            st.button(label, key=f"login-{name}", type=look, on_click=_log_in, args=(page, name))


def _log_in(page: str, provider: str) -> None:
    _remember(_waiting(), _session.visitor(), (page, st.query_params.to_dict()))
    st.login(provider or None)


def _log_out() -> None:
    _remember(_ended(), _mark(_claims()))
    st.logout()


def _account(words: str) -> None:
    with st.container(horizontal=True, key="identity", gap="small", vertical_alignment="center", width="content"):
        if words:
            _ui.html_inline(render("page.inline", words=words, css="zh-second"))
        st.button("退出登录", key="logout", type="tertiary", on_click=_log_out)


def name_field(key: str = "identity-name") -> None:
    """Who acts: a name that is typed on one's own machine, else that of the login with the way out."""
    if login_needed():
        me = actor()
        _account(f"{me.name}（{pipeline.ROLE_NAMES[me.role]}）" if me.role is not Role.NONE else "")
        return
    st.session_state[key] = _session.file_store().name(_session.visitor())
    st.text_input(
        "办理人",
        key=key,
        placeholder="填写姓名后才能办理",
        max_chars=_LONGEST,
        width=220,
        on_change=_named,
        args=(key,),
    )


def _named(key: str) -> None:
    _session.file_store().call(_session.visitor(), " ".join(st.session_state[key].split()))
