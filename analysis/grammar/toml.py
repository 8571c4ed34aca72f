"""Vocabularies from TOML files, checked: whatever is wrong is one sentence with file, entry, key and what to do."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from enum import EnumMeta
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec

from analysis.grammar.vocabularies import Entry
from analysis.model import InputError

Kind = TypeVar("Kind", bound=Entry)
# What msgspec says of a wrong value, and what that asks of whoever writes the file; the first that fits.
_WRONG = (
    ("Expected `array` of length", '不能是空的，请至少写一段，如 ["甲"]'),
    ("Expected `array", '应是若干段文字的列表，请写成 ["甲", "乙"]'),
    ("Expected `str` of length", "不能是空的，请写出文字"),
    ("Expected `str` matching", "应是六位数字的地区代码，请改正"),
    ("Expected `str", "应是一段文字，请加引号写出"),
    ("Expected `int", "应是整数，请不加引号写出"),
    ("Expected `decimal", "应是数字，请加引号写出"),
    ("Invalid decimal", "应是数字，请改正"),
)


class Vocabulary:
    """One file of a folder: its tables are taken one after another. Raises InputError at the first thing wrong."""

    def __init__(self, folder: Path, name: str, *tables: str) -> None:
        self.file = f"{name}.toml"
        try:
            self.tables = tomllib.loads((folder / self.file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError(self.file, "", "找不到这个词表", f"请把它放回 {folder}") from None
        except UnicodeDecodeError:
            raise InputError(self.file, "", "文字编码不是 UTF-8", "请另存为 UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            place = f"第 {line[1]} 行" if line else "文件末尾"
            raise InputError(self.file, place, "不符合 TOML 写法", "请检查引号、等号和方括号") from None
        for table in self.tables:
            if table not in tables:
                raise InputError(self.file, f"[{table}]", "不认识这张表", f"请改为 {_nearest(table, tables)}")

    def take(self, table: str, kind: type[Kind]) -> tuple[Kind, ...]:
        """The entries of ``[[table]]``, each of them a ``kind``."""
        entries = self.tables.get(table)
        if isinstance(entries, dict):  # [signs]: a title for each id
            entries = [{"id": id_, "title": title} for id_, title in entries.items()]
        if not isinstance(entries, list) or not entries:
            raise InputError(self.file, f"[[{table}]]", "缺少这一组", f"请至少写一段 [[{table}]]")
        found: list[Kind] = []
        names: dict[str, int] = {}
        for number, entry in enumerate(entries, 1):
            name = _name(entry)
            try:
                found.append(msgspec.convert(entry, kind, dec_hook=_pattern))
            except msgspec.ValidationError as error:
                raise InputError(self.file, *_told(str(error), entry, kind, f"第 {number} 条“{name}”")) from None
            if "id" in kind.__struct_fields__ and names.setdefault(name, number) != number:
                place = f"第 {number} 条“{name}”，id"
                raise InputError(self.file, place, f"与第 {names[name]} 条的 id 相同", "请换一个")
        return tuple(found)


def _name(entry: Any) -> str:
    """What an entry is called in a message: its id, or the first text that it holds."""
    texts = [entry.get("id"), *entry.values()] if isinstance(entry, dict) else [entry]
    texts = [text[0] if isinstance(text, list) and text else text for text in texts]
    return next((text for text in texts if isinstance(text, str)), "")


def _pattern(_: type, value: Any) -> re.Pattern[str]:
    """The one type that msgspec does not know of itself."""
    if not isinstance(value, str):
        raise ValueError("应是一段文字，请加引号写出")
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"正则表达式在第 {(error.pos or 0) + 1} 个字符处写错了，请检查括号和反斜杠") from None


def _told(words: str, entry: Any, kind: type[Entry], place: str) -> tuple[str, str, str]:
    """Place, problem and remedy of what msgspec says in English of an entry."""
    keys = [each.encode_name for each in msgspec.structs.fields(kind)]
    what, _, path = words.partition(" - at `$")
    if key := re.search("(?:unknown|required) field `(.*)`", what):
        place = f"{place}，{key[1]}"
        if "required" in what:
            return place, "缺少这一项", "请补上"
        return place, "不认识这一项", f"请改为 {_nearest(key[1], keys)}，或者删去"
    key = re.match(r"\.?(\w+)", path)
    if key is None:
        return place, "应是一段表", "请写成 [[…]] 及其下的若干行"
    place = f"{place}，{key[1]}"
    if what.startswith("Invalid enum value"):
        allowed = _allowed(next(each.type for each in msgspec.structs.fields(kind) if each.encode_name == key[1]))
        return place, f"不认识“{entry[key[1]]}”", f"请改为下列之一：{'、'.join(allowed)}"
    said = next((told for head, told in _WRONG if what.startswith(head)), what)  # a pattern's fault is Chinese already
    problem, _, remedy = said.partition("，")
    return place, problem, remedy


def _allowed(kind: Any) -> list[str]:
    """The values that an enumeration or a Literal allows, also where the key may be left out."""
    if isinstance(kind, EnumMeta):
        return list(map(str, kind))
    inside = get_args(kind)
    return [word for each in inside for word in _allowed(each)] if inside else [kind] if isinstance(kind, str) else []


def _nearest(word: str, known: Any) -> str:
    """The one of ``known`` that was meant, or all of them."""
    return "、".join(get_close_matches(word, known, 1) or known)
