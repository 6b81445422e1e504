"""A small volume in TEI, written as the volumes of Foreign Relations of the United States are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/ns/1.0">
  <teiHeader><fileDesc>
    <titleStmt>
      <title type="series">Foreign Relations of the United States</title>
      <title type="subseries">1961–1963</title>
      <title type="volumenumber">Volume {number}</title>
      <title type="volume">Exchanges</title>
    </titleStmt>
    <publicationStmt>
      <publisher>Government Printing Office</publisher><pubPlace>Washington</pubPlace><date>1996</date>
      <idno type="frus">{ident}</idno>
    </publicationStmt>
    <sourceDesc><p>Printed book</p></sourceDesc>
  </fileDesc></teiHeader>
  <text>
    <front>
      <div type="section" xml:id="persons"><head>Persons</head><list type="names">
        <item><hi rend="strong"><persName xml:id="p_KJF1">Kennedy, John F.</persName>,</hi> President</item>
        <item><hi rend="strong"><persName xml:id="p_KNS1">Khrushchev, Nikita S.</persName>,</hi> Chairman</item>
        <item><hi rend="strong"><persName xml:id="p_H1">Hussein</persName>,</hi> King of Jordan</item>
      </list></div>
      <div type="section" xml:id="terms"><head>Abbreviations</head><list type="terms">
        <item><hi rend="strong"><term xml:id="t_UN1">UN</term>,</hi> United Nations</item>
      </list></div>
    </front>
    <body>
      <div type="compilation" xml:id="comp1"><head>Exchanges of 1962</head>
        <div type="chapter" xml:id="ch1"><head>Space</head>
"""
FOOTER = """        </div>
      </div>
    </body>
  </text>
</TEI>
"""
LETTER = """<div type="document" xml:id="{ident}" n="{number}">
<head>{number}. Letter From <persName corresp="#p_KJF1" type="from">Kennedy</persName> to Chairman
<persName corresp="#p_KNS1" type="to">Khrushchev</persName><note n="1" xml:id="{ident}fn1" type="source">Source:
Department of State, Presidential Correspondence. Secret.</note></head>
<dateline><placeName>Washington</placeName>, <date when="1962-03-{day:02d}">March {day}, 1962</date>.</dateline>
<p>Dear Mr. Chairman: {words} It touches the <gloss target="#t_UN1">UN</gloss>.<note n="2" xml:id="{ident}fn2">See
<ref target="#d1">Document 1</ref>.</note> <pb n="{page}" xml:id="pg_{page}" facs="00{page}"/>There is more.</p>
<p>The second paragraph of letter {number}.</p>
<closer><signed>John F. Kennedy</signed></closer>
</div>
"""
TELEGRAM = """<div type="document" xml:id="{ident}" n="{number}">
<head>{number}. Telegram From the <gloss type="from">Embassy in Jordan</gloss> to the
<gloss type="to">Department of State</gloss></head>
<p>{words}</p>
</div>
"""


@dataclass
class SmallVolume:
    """``words`` are those of each letter by its number; every fifth document is a telegram."""

    ident: str = "frus1961-63v90"
    number: str = "XC"
    count: int = 6
    words: dict[int, str] = field(default_factory=dict)
    extra: str = ""

    def text(self) -> str:
        documents = "".join(self.document(number) for number in range(1, self.count + 1))
        return HEADER.format(ident=self.ident, number=self.number) + documents + self.extra + FOOTER

    def document(self, number: int) -> str:
        template = LETTER if number % 5 else TELEGRAM
        return template.format(
            ident=f"d{number}",
            number=number,
            day=number % 28 + 1,
            page=10 + number,
            words=self.words.get(number, f"I write about matter {number}."),
        )

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.ident}.xml"
        path.write_text(self.text(), encoding="utf-8")
        return path
