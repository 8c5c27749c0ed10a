"""XML from strangers, parsed in one place: no entity of its own, no network, no external subset, no giant."""

import re
from typing import TYPE_CHECKING

from pv_extract.errors import UnreadableSource
from pv_extract.readers.decoding import decode
from pv_extract.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree

DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse_xml(source: Source, recover: bool = False) -> "_Element":
    """The root of an XML source, without comments and processing instructions.

    A file that belies its encoding (Latin-1 named UTF-8) is read by what its bytes prove. Raises
    UnreadableSource for XML that is not well-formed and for XML that declares entities: OCR and office
    files have none, « billion laughs » and stolen files are made of them. With ``recover``, what can be
    read of malformed XML is.
    """
    from lxml import etree

    try:
        root = _root(source.data, recover)
    except etree.XMLSyntaxError:
        try:
            root = _root(DECLARATION.sub("", decode(source)).encode(), recover)
        except (etree.XMLSyntaxError, UnreadableSource):
            raise _damaged(source) from None
    if _declares_entities(root.getroottree()):
        raise UnreadableSource(
            f"{source.name} declares XML entities, which are refused: they can fill the memory or fetch other files",
            f"{source.name} déclare des entités XML, qui sont refusées : elles peuvent remplir la mémoire ou "
            "aller chercher d'autres fichiers",
        )
    return root


def parse_html(text: str) -> "_Element":
    """The root of an HTML text, as browsers would mend it; nothing of it is fetched or expanded."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def _root(data: bytes, recover: bool) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    root = etree.fromstring(data, parser)
    if root is None:
        raise etree.XMLSyntaxError("no element", 0, 0, 0)
    return root


def _declares_entities(tree: "_ElementTree") -> bool:
    subset = tree.docinfo.internalDTD
    return subset is not None and any(True for _ in subset.iterentities())


def _damaged(source: Source) -> UnreadableSource:
    return UnreadableSource(
        f"{source.name} is damaged or cut short (no well-formed XML): export or copy it again",
        f"{source.name} est endommagé ou tronqué (XML mal formé) : exportez-le ou copiez-le de nouveau",
    )
