"""One fictional page in the versions of ALTO and PAGE, and the schemas that they must be valid against."""

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

SCHEMAS = Path(__file__).parents[2] / "shared" / "reference" / "data"
XLINK = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xlink">
 <xsd:attributeGroup name="simpleLink">
  <xsd:attribute name="type" type="xsd:string"/><xsd:attribute name="href" type="xsd:anyURI"/>
  <xsd:attribute name="role" type="xsd:string"/><xsd:attribute name="arcrole" type="xsd:string"/>
  <xsd:attribute name="title" type="xsd:string"/><xsd:attribute name="show" type="xsd:string"/>
  <xsd:attribute name="actuate" type="xsd:string"/>
 </xsd:attributeGroup></xsd:schema>"""
"""What ALTO takes of the XLink schema, which its own schema would fetch from the network."""

ALTO_VERSIONS = ("1.4", "2.0", "2.1", "3.0", "3.1", "4.0", "4.1", "4.2", "4.3", "4.4")
ALTO_SCHEMAS = {"2.1": "2-1", "3.1": "3-1", "4.4": "4-4"}
PAGE_VERSIONS = ("2010-03-19", "2013-07-15", "2017-07-15", "2018-07-15", "2019-07-15", "2024-07-15")
PAGE_SCHEMAS = ("2013-07-15", "2019-07-15", "2024-07-15")


class _Xlink(etree.Resolver):
    def resolve(self, url, public_id, context):
        if url.endswith("xlink.xsd"):
            return self.resolve_string(XLINK, context)
        return None


@cache
def schema(path):
    """The schema of a standard; its absence skips the test, loudly."""
    file = SCHEMAS / path
    if not file.exists():
        pytest.skip(f"NOT VALIDATED: no schema {file}")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Xlink())
    return etree.XMLSchema(etree.parse(file, parser))


def assert_valid(data, path):
    schema(path).assertValid(etree.fromstring(data))


def alto_namespace(version):
    major = int(version[0])
    return f' xmlns="http://www.loc.gov/standards/alto/ns-v{major}#"' if major > 1 else ""


def alto(version="4.4", blocks=None, before="", unit="pixel", page='WIDTH="1654" HEIGHT="2339"'):
    """An ALTO file: a heading in bold, a hyphenated word, a word in italics; its blocks can be others."""
    step = "Processing" if version >= "4" else "OCRProcessing"
    software = (
        "<processingSoftware><softwareName>Moteur</softwareName><softwareVersion>2.0</softwareVersion>"
        "</processingSoftware>"
    )
    inner = software if version >= "4" else f"<ocrProcessingStep>{software}</ocrProcessingStep>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alto{alto_namespace(version)}>'
        f"<Description><MeasurementUnit>{unit}</MeasurementUnit>"
        f'<{step} ID="OCR1">{inner}</{step}></Description>'
        '<Styles><TextStyle ID="plain" FONTFAMILY="Serif" FONTSIZE="11"/>'
        '<TextStyle ID="heavy" FONTFAMILY="Serif" FONTSIZE="12" FONTSTYLE="bold"/></Styles>'
        f'{before}<Layout><Page ID="P1" PHYSICAL_IMG_NR="1" {page}><PrintSpace HPOS="0" VPOS="0" WIDTH="1654" '
        f'HEIGHT="2339">{alto_blocks() if blocks is None else blocks}</PrintSpace></Page></Layout></alto>'
    )


def alto_string(text, x, y, **attributes):
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<String CONTENT="{text}" HPOS="{x}" VPOS="{y}" WIDTH="{15 * len(text)}" HEIGHT="30"{more}/>'


def alto_line(*strings, y=200):
    return f'<TextLine HPOS="200" VPOS="{y}" WIDTH="1200" HEIGHT="30">{"".join(strings)}</TextLine>'


def alto_block(name, *lines, y=200, **attributes):
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    box = f'HPOS="200" VPOS="{y}" WIDTH="1200" HEIGHT="200"'
    return f'<TextBlock ID="{name}" {box}{more}>{"".join(lines)}</TextBlock>'


def alto_blocks():
    heading = alto_line(
        alto_string("Séance", 200, 200, WC="0.9"), '<SP WIDTH="10" HPOS="290" VPOS="200"/>',
        alto_string("du", 300, 200, CC="00"), alto_string("conseil", 345, 200, CC="0900000"),
    )  # fmt: skip
    first = alto_line(
        alto_string("Après", 200, 300), alto_string("délibé", 290, 300, SUBS_TYPE="HypPart1",
        SUBS_CONTENT="délibération"), '<HYP CONTENT="-" WIDTH="10" HPOS="380" VPOS="300"/>', y=300,
    )  # fmt: skip
    second = alto_line(
        alto_string("ration", 200, 340, SUBS_TYPE="HypPart2", SUBS_CONTENT="délibération"),
        alto_string("unanime", 300, 340, STYLE="italics"), y=340,
    )  # fmt: skip
    return alto_block("B1", heading, STYLEREFS="heavy") + alto_block("B2", first, second, y=300, STYLEREFS="plain")


def page_xml(version="2019-07-15", regions=None, order="", page=""):
    """A PAGE file; in its oldest version the corners of a box are elements."""
    namespace = f"http://schema.primaresearch.org/PAGE/gts/pagecontent/{version}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><PcGts xmlns="{namespace}"><Metadata><Creator>Lecteur</Creator>'
        "<Created>2024-01-01T00:00:00</Created><LastChange>2024-01-01T00:00:00</LastChange></Metadata>"
        f'<Page imageFilename="p.png" imageWidth="1654" imageHeight="2339"{page}>{order}'
        f"{page_regions(version) if regions is None else regions}</Page></PcGts>"
    )


def coords(x, y, width, height, version="2019-07-15"):
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    if version < "2013":
        return "<Coords>" + "".join(f'<Point x="{a}" y="{b}"/>' for a, b in corners) + "</Coords>"
    return f'<Coords points="{" ".join(f"{a},{b}" for a, b in corners)}"/>'


def equiv(text, conf=None):
    sure = f' conf="{conf}"' if conf is not None else ""
    return f"<TextEquiv{sure}><Unicode>{text}</Unicode></TextEquiv>"


def page_line(name, text, x, y, inner="", version="2019-07-15", custom=""):
    more = f' custom="{custom}"' if custom else ""
    place = coords(x, y, 15 * len(text or "x" * 10), 30, version)
    return f'<TextLine id="{name}"{more}>{place}{inner}{equiv(text) if text else ""}</TextLine>'


def page_region(name, *lines, y=200, version="2019-07-15", after="", kind="TextRegion", **attributes):
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{kind} id="{name}"{more}>{coords(200, y, 1200, 200, version)}{"".join(lines)}{after}</{kind}>'


def page_regions(version):
    words = "".join(
        f'<Word id="w{n}">{coords(x, 200, 15 * len(text), 30, version)}{equiv(text, 0.9)}</Word>'
        for n, (text, x) in enumerate((("Séance", 200), ("du", 300), ("conseil", 345)))
    )
    heading = page_line("l1", "", 200, 200, words, version)
    body = page_line("l2", "Après délibé¬", 200, 300, "", version) + page_line("l3", "ration", 200, 340, "", version)
    style = '<TextStyle bold="true"/>' if version > "2011" else ""
    return page_region("r1", heading, version=version, after=style) + page_region("r2", body, y=300, version=version)
