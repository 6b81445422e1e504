"""Elements of the files of a cartridge."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element as Element

PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
WEB_LINK = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
QUESTIONS = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
#: Where the schemas are published, by their namespaces.
SCHEMAS = {
    PACKAGE: "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imscp_v1p2_v1p0.xsd",
    METADATA: "http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lommanifest_v1p0.xsd",
    WEB_LINK: "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imswl_v1p1.xsd",
    QUESTIONS: "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd",
}
#: Characters that XML cannot hold, not even escaped.
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def root(namespace: str, name: str, others: Mapping[str, str] | None = None, **attributes: str) -> Element:
    """The outermost element of a file, which says where its schemas are; ``others`` are more namespaces by prefix."""
    prefixes = {None: namespace, **(others or {})}
    element = etree.Element(f"{{{namespace}}}{name}", nsmap={**prefixes, "xsi": INSTANCE}, attrib=attributes)
    element.set(f"{{{INSTANCE}}}schemaLocation", " ".join(f"{each} {SCHEMAS[each]}" for each in prefixes.values()))
    return element


def add(parent: Element, name: str, text: str = "", namespace: str = "", **attributes: str) -> Element:
    """A new last element within the parent, in its namespace unless another is given."""
    clean = {key: NOT_IN_XML.sub("", value) for key, value in attributes.items()}
    place = namespace or etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{place}}}{name}", attrib=clean)
    element.text = NOT_IN_XML.sub("", text) or None
    return element


def written(element: Element) -> bytes:
    """The file that has this element as its outermost."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", pretty_print=True)
