"""One browser tab over the wire: asks the server as a browser does, and learns from its answers what can be clicked.

A page is loaded by fetching its HTML and opening ``/_stcore/stream``; from then on every click is a ``rerun_script``
message with the address, the states of the widgets and what the browser still holds of earlier answers. An answer is
whole when the server says that the script has finished.
"""

from __future__ import annotations

import asyncio
import http.client
import random
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from analysis.present.links import PAGES

PATIENCE = 60.0  # seconds after which an answer that has not come is a fault
TYPED = {"term": ("技术合同", "概念验证", "科技成果"), "find": ("技术经理人", "奖励", "2020年")}
_LINK = re.compile(r'href="((?:\./)?[\w/]*\?[^"#]+)"')
_FAULT = re.compile(r'class="zh-fault"[^>]*>(.*?)</p>', re.S)
_NAMED = re.compile(r"^\$\$ID-[0-9a-f]+-")
_TAGS = re.compile("<[^>]+>")
_PAGES = {name for name, _ in PAGES}  # other addresses are files to download
_WHOLE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass(frozen=True, slots=True)
class Widget:
    """Something to choose from: what it is called in messages and in the address, and its options as sent."""

    id: str
    kind: str  # the field of WidgetState that carries its value
    options: tuple[str, ...]
    parameter: str = ""
    several: bool = False
    told: bool = False  # the server has set its value anew, whatever was chosen before


@dataclass(frozen=True, slots=True)
class Answer:
    """One page as it came: name, how it was asked for, seconds, bytes over the socket, and what was wrong with it."""

    page: str
    how: str  # load, navigate, widget
    seconds: float
    size: int
    faults: tuple[str, ...]


@dataclass(slots=True)
class Shown:
    """What the tab shows: widgets, addresses of other pages, sentences of fault."""

    widgets: list[Widget] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    uploader: str = ""  # the widget that takes files
    keys: dict[str, str] = field(default_factory=dict)  # of buttons and boxes: the name in our code -> the widget


class Tab:
    """A tab of one visitor. ``load`` first; then ``navigate`` and ``choose`` in any order; ``close`` at the end."""

    def __init__(self, address: str, dice: random.Random) -> None:
        self._host, self._dice = urlsplit(address).netloc, dice
        self._socket: ClientConnection | None = None
        self._cookies = {"zh_width": "1280"}
        self._held: dict[str, ForwardMsg] = {}
        self._states: dict[str, WidgetState] = {}
        self._scripts: dict[str, str] = {}  # page name -> hash
        self._query = ""
        self.page = ""
        self.session = ""
        self.shown = Shown()

    async def load(self, path: str) -> Answer:
        """Open ``path`` (``targets``, ``reader?document=…``) as a new address: HTML, socket, session and all."""
        split = urlsplit(path.removeprefix("./"))
        start = time.perf_counter()
        await self.close()
        self._states, self._held, self._query = {}, {}, split.query
        self.page = _page(path)
        status = await self._html(path.removeprefix("./"))
        if status != 200:
            return Answer(self.page, "load", time.perf_counter() - start, 0, (f"HTTP {status}",))
        self._socket = await connect(
            f"ws://{self._host}/_stcore/stream",
            subprotocols=("streamlit",),  # type: ignore[arg-type]
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())},
            origin=f"http://{self._host}",  # type: ignore[arg-type]
            max_size=None,
            open_timeout=PATIENCE,
        )
        return await self._ask("load", start, name=split.path)

    async def navigate(self, page: str) -> Answer:
        """Click ``page`` in the navigation: the same session, an empty address."""
        self._query, self.page, self._states = "", page, {}
        return await self._ask("navigate", time.perf_counter(), script=self._scripts[page])

    async def choose(self, widget: Widget) -> Answer:
        """Choose other options of ``widget`` at random."""
        state, values = self._chosen(widget)
        self._states[widget.id] = state
        if widget.parameter:
            held = parse_qs(self._query, keep_blank_values=True) | {widget.parameter: values}
            self._query = urlencode(held, doseq=True)
        return await self._ask("widget", time.perf_counter(), script=self._scripts.get(self.page, ""))

    async def press(self, key: str, typed: Mapping[str, str] | None = None) -> Answer:
        """Press the button of this name, with words typed in boxes before it."""
        for box, words in (typed or {}).items():
            state = WidgetState(id=self.shown.keys[box])
            state.string_value = words
            self._states[state.id] = state
        button = WidgetState(id=self.shown.keys[key])
        button.trigger_value = True
        self._states[button.id] = button
        return await self._ask("press", time.perf_counter(), script=self._scripts.get(self.page, ""))

    async def enter(self, box: str, words: str) -> Answer:
        """Type words in the box of this name, and Enter."""
        state = WidgetState(id=self.shown.keys[box])
        state.string_value = words
        self._states[state.id] = state
        return await self._ask("enter", time.perf_counter(), script=self._scripts.get(self.page, ""))

    async def bring(self, name: str, data: bytes) -> Answer:
        """Drop a file where the page takes files; the answer is whole when it has been read."""
        start = time.perf_counter()
        status = await asyncio.to_thread(put, self._host, self.session, name, data)
        if status != 204:
            return Answer(self.page, "bring", time.perf_counter() - start, 0, (f"HTTP {status}",))
        state = WidgetState(id=self.shown.uploader)
        state.file_uploader_state_value.uploaded_file_info.add(file_id=name, name=name, size=len(data))
        self._states[state.id] = state
        return await self._ask("bring", start, script=self._scripts.get(self.page, ""), patience=4 * PATIENCE)

    async def close(self) -> None:
        """Leave the page."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    def pages(self) -> Sequence[str]:
        """Pages that the navigation names."""
        return tuple(self._scripts)

    async def _html(self, path: str) -> int:
        reader, writer = await asyncio.open_connection(*self._host.split(":"))
        kept = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        lines = (f"GET /{path} HTTP/1.1", f"Host: {self._host}", "Accept: text/html", f"Cookie: {kept}")
        writer.write("\r\n".join((*lines, "Connection: close", "", "")).encode())
        head, _, _ = (await asyncio.wait_for(reader.read(), PATIENCE)).partition(b"\r\n\r\n")
        writer.close()
        first, *headers = head.decode("latin-1").split("\r\n")
        for name, _, value in (header.partition(": ") for header in headers):
            if name.lower() == "set-cookie":
                cookie, _, _ = value.partition(";")
                self._cookies |= dict([cookie.split("=", 1)])
        return int(first.split()[1])

    def _take_note(self, came: ForwardMsg, kind: str | None) -> None:
        """Keep what the frame says of its pages and of the address."""
        if kind == "navigation":
            pages = came.navigation.app_pages
            self._scripts = {page.url_pathname or "overview": page.page_script_hash for page in pages}
        elif kind == "page_info_changed":
            self._query = came.page_info_changed.query_string

    def _whole(self, came: ForwardMsg) -> ForwardMsg:
        """A message, or the one kept from before that it stands for."""
        if came.WhichOneof("type") == "ref_hash":
            return self._held[came.ref_hash]
        if came.metadata.cacheable:
            self._held[came.hash] = came
        return came

    async def _ask(
        self, how: str, start: float, *, script: str = "", name: str = "", patience: float = PATIENCE
    ) -> Answer:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash, asked.page_name = self._query, script, name
        asked.widget_states.widgets.extend(self._states.values())
        asked.cached_message_hashes.extend(self._held)
        context = asked.context_info
        context.timezone, context.locale, context.color_scheme = "Asia/Shanghai", "zh-CN", "light"
        context.url = f"http://{self._host}/{self.page}"
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())
        size, deltas, wrong = 0, list[Delta](), list[str]()
        try:
            async with asyncio.timeout(patience):
                while True:
                    data = await self._socket.recv(decode=False)
                    size += len(data)
                    came = self._whole(ForwardMsg.FromString(data))
                    kind = came.WhichOneof("type")
                    self._take_note(came, kind)
                    if kind == "new_session":
                        self.session = came.new_session.initialize.session_id
                        deltas.clear()
                    elif kind == "delta":
                        deltas.append(came.delta)
                    elif kind == "page_not_found":
                        wrong.append("page not found")
                    elif kind == "script_finished":
                        if came.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                            wrong.append("compile error")
                        if came.script_finished in _WHOLE or wrong:
                            break
        except (TimeoutError, ConnectionError) as trouble:
            wrong.append(f"{type(trouble).__name__} after {time.perf_counter() - start:.0f} s")
        seconds = time.perf_counter() - start
        self.shown = shown(deltas)
        kept = {widget.id for widget in self.shown.widgets if not widget.told and widget.kind != "trigger_value"}
        self._states = {name: state for name, state in self._states.items() if name in kept}
        address = f"（{self.page}?{self._query}）"
        return Answer(self.page, how, seconds, size, tuple(words + address for words in (*wrong, *self.shown.faults)))

    def _chosen(self, widget: Widget) -> tuple[WidgetState, list[str]]:
        """State and address values of a choice; none to three options of a widget that takes several."""
        state = WidgetState(id=widget.id)
        if widget.kind == "trigger_value":
            state.trigger_value = True
            return state, []
        if widget.kind == "bool_value":
            state.bool_value = self._dice.random() < 0.5
            return state, ["true" if state.bool_value else "false"]
        if widget.kind == "int_value":
            state.int_value = int(self._dice.choice(widget.options))
            return state, [str(state.int_value)]
        count = self._dice.randint(0, min(3, len(widget.options))) if widget.several else 1
        values = self._dice.sample(widget.options, count)
        if widget.kind == "string_value":
            state.string_value = values[0]
        else:
            state.string_array_value.data.extend(values)
        return state, values


def put(host: str, session: str, name: str, data: bytes) -> int:
    """Send a file to the upload route as a page does, with the token that it must show; the status of the answer."""
    connection = http.client.HTTPConnection(host)
    connection.request("GET", "/_stcore/health")
    answer = connection.getresponse()
    answer.read()
    token = (answer.getheader("Set-Cookie") or "").partition("=")[2].partition(";")[0]
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x", "X-Xsrftoken": token}
    headers["Cookie"] = f"_streamlit_xsrf={token}"
    path = f"/_stcore/upload_file/{session}/{name}"
    try:
        connection.request("PUT", path, head.encode() + data + b"\r\n--x--\r\n", headers)
        return connection.getresponse().status
    except (ConnectionError, http.client.HTTPException):  # closed while the file was on its way
        return 413
    finally:
        connection.close()


def shown(deltas: Sequence[Delta]) -> Shown:
    """What a run of the script put on the page."""
    found = Shown()
    for delta in deltas:
        if not delta.HasField("new_element"):
            continue
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "html":
            found.links += [link for link in map(unescape, _LINK.findall(element.html.body)) if _page(link) in _PAGES]
            found.faults += [unescape(_TAGS.sub("", words)) for words in _FAULT.findall(element.html.body)]
        elif kind == "file_uploader":
            found.uploader = element.file_uploader.id
        elif kind == "exception":
            found.faults.append(f"{element.exception.type}: {element.exception.message}")
        elif kind is not None:
            if kind in ("button", "text_input", "text_area") and not getattr(element, kind).disabled:
                name = getattr(element, kind).id
                found.keys[_NAMED.sub("", name)] = name
            if (widget := _widget(kind, element)) is not None:
                found.widgets.append(widget)
    return found


def _page(link: str) -> str:
    return urlsplit(link.removeprefix("./")).path or "overview"


def _widget(kind: str, element: Element) -> Widget | None:
    """What can be chosen in ``element``; None where there is nothing to choose."""
    one = getattr(element, kind)
    if getattr(one, "disabled", False):
        return None
    parameter, told = getattr(one, "query_param_key", ""), getattr(one, "set_value", False)

    def widget(value: str, options: Iterable[str], several: bool = False) -> Widget:
        return Widget(one.id, value, tuple(options), parameter, several, told)

    if kind == "button":
        return widget("trigger_value", (one.label,))
    if kind == "button_group" and one.options:
        return widget("string_array_value", (each.content for each in one.options), one.click_mode == one.MULTI_SELECT)
    if kind == "multiselect" and one.options:
        return widget("string_array_value", one.options, several=True)
    if kind in ("selectbox", "radio") and one.options:
        return widget("string_value", one.options)
    if kind == "checkbox":
        return widget("bool_value", ("true", "false"))
    if kind == "pagination" and one.num_pages > 1:
        return widget("int_value", map(str, range(1, one.num_pages + 1)))
    if kind == "text_input" and (words := TYPED.get(one.id.rsplit("-", 1)[-1])):
        return widget("string_value", words)
    return None
