"""The files of the corpus as received, for the links of 语料与来源: never shown by a browser, only saved."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from analysis import pipeline
from analysis.model import InputError
from pages import _corpus

PATH = "/house/original"


async def original(request: Request) -> Response:
    """The file of ``?document=<slug>&edition=<0 for the first>`` as an attachment; 404 where there is none."""
    slug, edition = request.query_params.get("document", ""), request.query_params.get("edition", "0")
    number = int(edition) if edition.isdecimal() and edition.isascii() and len(edition) < 4 else -1
    try:
        found = await asyncio.to_thread(_found, slug, number)
    except InputError as fault:
        return PlainTextResponse(str(fault), 503)
    if found is None:
        return PlainTextResponse("没有这份文件，可能已经移走；请回到“语料与来源”查看。", 404)
    name, data = found
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _found(slug: str, number: int) -> tuple[str, bytes] | None:
    collection = _corpus.collection()
    found = pipeline.entries(collection, (slug,))
    editions = found[0].card.editions if found else ()
    if not 0 <= number < len(editions):
        return None
    data = pipeline.original_file(collection, slug, editions[number])
    return None if data is None else (editions[number].file, data)
