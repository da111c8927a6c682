"""A workbook of one sheet, made by hand (ECMA-376, part 1)."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

OPEN = "http://schemas.openxmlformats.org"
LINKS = f"{OPEN}/package/2006/relationships"
OFFICE = f"{OPEN}/officeDocument/2006/relationships"
MAIN = f"{OPEN}/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{LINKS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{LINKS}"><Relationship Id="r" Type="{OFFICE}/worksheet" Target="worksheets/s.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r"/></sheets>'
        "</workbook>"
    ),
}
"""What a workbook of one sheet has beside it (ECMA-376, part 1)."""


def workbook(*lines: tuple[str, ...], filler: bytes = b"", last: str = "") -> bytes:
    """The bytes of a workbook with these lines of cells, a picture of these bytes, and a cell at the place `last`."""
    cells = (
        "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' for cell in line) for line in lines
    )
    rows = "".join(f"<row>{line}</row>" for line in cells)
    if last:
        rows += f'<row><c r="{last}" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    made = BytesIO()
    with ZipFile(made, "w") as parts:
        for name, text in {**PARTS, "xl/worksheets/s.xml": sheet}.items():
            parts.writestr(ZipInfo(name), text)  # of 1980 and not packed, so that the same lines give the same file
        parts.writestr(ZipInfo("xl/media/picture.bin"), filler, ZIP_DEFLATED)
    return made.getvalue()


HEADER = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA")
