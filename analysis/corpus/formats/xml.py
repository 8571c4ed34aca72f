"""XML from strangers: no entities, no network, no trees of boundless size."""

from __future__ import annotations

from lxml import etree

from analysis.model import InputFault


def parse(data: bytes, fault: InputFault) -> etree._Element:
    """The root element of ``data``. Raises ``fault`` when it is no XML or declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise fault from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise fault
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
