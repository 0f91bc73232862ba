"""A workbook laid out as Excel saves one, with everything in it that a re-save by a library would lose.

data/made_by_libreoffice.xlsx is this sample opened and saved again by LibreOffice 7.4.7.2.
"""

from __future__ import annotations

import base64
import warnings
import zipfile
from pathlib import Path

import openpyxl

from engage.workbook.xlsx.sheetmap import map_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# ruff: noqa: E501 - XML as Excel writes it has no line breaks
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"

_STRINGS = [
    "Employer",
    "Phone",
    "First met",
    "Doubled",
    "Notes",
    "Acorn Bakery",
    "Birch & Sons <Joinery>",
    "<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb='0' eb='1'><t>ignored</t></rPh>",
    "two_x000D_\nlines",
    "  spaced  ",
    "Pair",
    "Reason",
    "Decision",
]


def _shared(index: int) -> str:
    text = _STRINGS[index]
    if text.startswith("<r>"):
        return f"<si>{text}</si>"
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<si><t xml:space="preserve">{escaped}</t></si>'


EMPLOYERS = f"""{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELS}" \
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" \
xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><sheetPr><tabColor rgb="FF00B050"/>\
</sheetPr><dimension ref="A1:E4"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" \
topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr \
defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="1" max="1" width="30" customWidth="1"/>\
<col min="3" max="3" width="12" style="1" customWidth="1"/></cols><sheetData>\
<row r="1" spans="1:5" s="3" customFormat="1" x14ac:dyDescent="0.25"><c r="A1" s="3" t="s"><v>0</v></c>\
<c r="B1" s="3" t="s"><v>1</v></c><c r="C1" s="3" t="s"><v>2</v></c><c r="D1" s="3" t="s"><v>3</v></c>\
<c r="E1" s="3" t="s"><v>4</v></c></row>\
<row r="2" spans="1:5" x14ac:dyDescent="0.25"><c r="A2" t="s"><v>5</v></c><c r="B2" s="2"><v>1614960001</v></c>\
<c r="C2" s="1"><v>46096</v></c><c r="D2"><f t="shared" ref="D2:D4" si="0">B2*2</f><v>3229920002</v></c>\
<c r="E2" t="s"><v>7</v></c></row>\
<row r="3" spans="1:5" ht="30" customHeight="1" x14ac:dyDescent="0.25"><c r="A3" t="s"><v>6</v></c>\
<c r="B3" t="inlineStr"><is><t>0161 496 0002</t></is></c><c r="D3" t="e"><f t="shared" si="0"/>\
<v>#VALUE!</v></c><c r="E3" t="s"><v>8</v></c></row>\
<row r="4" spans="1:5" x14ac:dyDescent="0.25"><c r="A4" t="str"><f>"Cedar"&amp;" Care"</f><v>Cedar Care</v></c>\
<c r="B4"><v>1.1000000000000001</v></c><c r="D4"><f t="shared" si="0"/><v>2.2000000000000002</v></c>\
<c r="E4" t="b"><v>1</v></c></row></sheetData>\
<autoFilter ref="A1:E4"/><mergeCells count="1"><mergeCell ref="G1:H1"/></mergeCells>\
<conditionalFormatting sqref="B2:B4"><cfRule type="containsBlanks" dxfId="0" priority="1"/>\
</conditionalFormatting><dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="E2:E9">\
<formula1>"Yes,No"</formula1></dataValidation></dataValidations><drawing r:id="rId1"/>\
<legacyDrawing r:id="rId2"/><extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" \
xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" \
xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" \
allowBlank="1"><x14:formula1><xm:f>Review!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>A2:A99</xm:sqref>\
</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"""

REVIEW = f"""{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1:C2"/><cols><col min="2" max="2" width="12" \
style="1" customWidth="1"/></cols><sheetData><row r="1"><c r="A1" s="3" t="s"><v>10</v></c><c r="B1" s="3" \
t="s"><v>11</v></c><c r="C1" s="3" t="s"><v>12</v></c></row><row r="2" ht="15"><c r="A2" s="4" \
t="str"><f>HYPERLINK("#'Employers'!A2","p1")</f><v>p1</v></c><c r="B2" s="1"><v>46096</v></c>\
<c r="C2" s="4"/></row></sheetData><conditionalFormatting sqref="C2:C500"><cfRule type="containsBlanks" \
dxfId="0" priority="2"/></conditionalFormatting></worksheet>"""

TABLED = f"""{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELS}"><dimension ref="A1:B3"/><sheetData>\
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s">\
<v>5</v></c></row><row r="3"/></sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts>\
</worksheet>"""

SUMMARY = f"""{HEAD}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1">\
<f>COUNTA(Review!A:A)</f><v>2</v></c></row></sheetData></worksheet>"""

_TABLE = f"""{HEAD}<table xmlns="{MAIN}" id="1" name="Table1" displayName="Table1" ref="A1:B3" \
totalsRowShown="0"><autoFilter ref="A1:B3"/><tableColumns count="2"><tableColumn id="1" name="Employer"/>\
<tableColumn id="2" name="Phone"/></tableColumns><tableStyleInfo name="TableStyleLight9"/></table>"""

_STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" \
formatCode="00000000000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill \
patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">\
<border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" \
fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" \
borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" \
applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" \
applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf \
numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles \
count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><fill>\
<patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs></styleSheet>"""

_WORKBOOK = f"""{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><workbookPr defaultThemeVersion="166925"/>\
<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="20000" windowHeight="9000"/></bookViews><sheets>\
<sheet name="Employers" sheetId="1" r:id="rId1"/><sheet name="Review" sheetId="4" r:id="rId2"/>\
<sheet name="Tabled" sheetId="5" r:id="rId3"/><sheet name="Summary" sheetId="6" state="veryHidden" \
r:id="rId7"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" \
hidden="1">Employers!$A$1:$E$4</definedName></definedNames><calcPr calcId="191029"/></workbook>"""

_DRAWING = f"""{HEAD}<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">\
<xdr:twoCellAnchor><xdr:from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0\
</xdr:rowOff></xdr:from><xdr:to><xdr:col>12</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>18</xdr:row>\
<xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" \
name="Chart 1"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" \
cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{DRAWING}/chart"><c:chart xmlns:c="{DRAWING}/chart" \
xmlns:r="{RELS}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/>\
</xdr:twoCellAnchor><xdr:oneCellAnchor><xdr:from><xdr:col>13</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1\
</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="300000" cy="300000"/><xdr:pic><xdr:nvPicPr>\
<xdr:cNvPr id="3" name="Picture 1"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip xmlns:r="{RELS}" \
r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/>\
<a:ext cx="300000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>\
<xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"""

_CHART = f"""{HEAD}<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main"><c:chart><c:plotArea>\
<c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order \
val="0"/><c:val><c:numRef><c:f>Employers!$D$2:$D$4</c:f></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId \
val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/><c:crossAx \
val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:crossAx \
val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>"""

_COMMENTS = f"""{HEAD}<comments xmlns="{MAIN}"><authors><author>A. Person</author></authors><commentList>\
<comment ref="A2" authorId="0"><text><r><t>Ask for Robin</t></r></text></comment></commentList></comments>"""

_VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" \
o:spt="202" path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t202" \
style="visibility:hidden"><x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>0</x:Column>\
</x:ClientData></v:shape></xml>"""

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg=="
)


def _relations(*relations: tuple[str, str, str]) -> str:
    nodes = (f'<Relationship Id="{i}" Type="{RELS}/{kind}" Target="{to}"/>' for i, kind, to in relations)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(nodes)}</Relationships>'


def _content_types() -> str:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    overrides = {
        "/xl/workbook.xml": sheet + "sheet.main+xml",
        **{f"/xl/worksheets/sheet{n}.xml": sheet + "worksheet+xml" for n in (1, 2, 3, 4)},
        "/xl/styles.xml": sheet + "styles+xml",
        "/xl/sharedStrings.xml": sheet + "sharedStrings+xml",
        "/xl/calcChain.xml": sheet + "calcChain+xml",
        "/xl/comments1.xml": sheet + "comments+xml",
        "/xl/tables/table1.xml": sheet + "table+xml",
        "/xl/drawings/drawing1.xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
        "/xl/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    }
    nodes = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="vml" ContentType="application/'
        f'vnd.openxmlformats-officedocument.vmlDrawing"/>{nodes}</Types>'
    )


def parts() -> dict[str, str | bytes]:
    """Every part, in the order in which Excel writes them."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
            ("rId3", "worksheet", "worksheets/sheet3.xml"),
            ("rId7", "worksheet", "worksheets/sheet4.xml"),
            ("rId4", "styles", "styles.xml"),
            ("rId5", "sharedStrings", "sharedStrings.xml"),
            ("rId6", "calcChain", "calcChain.xml"),
        ),
        "xl/worksheets/sheet1.xml": EMPLOYERS,
        "xl/worksheets/sheet2.xml": REVIEW,
        "xl/worksheets/sheet3.xml": TABLED,
        "xl/worksheets/sheet4.xml": SUMMARY,
        "xl/worksheets/_rels/sheet1.xml.rels": _relations(
            ("rId1", "drawing", "../drawings/drawing1.xml"),
            ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rId3", "comments", "../comments1.xml"),
        ),
        "xl/worksheets/_rels/sheet3.xml.rels": _relations(("rId1", "table", "../tables/table1.xml")),
        "xl/drawings/drawing1.xml": _DRAWING,
        "xl/drawings/_rels/drawing1.xml.rels": _relations(
            ("rId1", "chart", "../charts/chart1.xml"), ("rId2", "image", "../media/image1.png")
        ),
        "xl/drawings/vmlDrawing1.vml": _VML,
        "xl/charts/chart1.xml": _CHART,
        "xl/media/image1.png": _PNG,
        "xl/comments1.xml": _COMMENTS,
        "xl/tables/table1.xml": _TABLE,
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}" count="13" uniqueCount="13">'
        + "".join(_shared(index) for index in range(len(_STRINGS)))
        + "</sst>",
        "xl/calcChain.xml": f'{HEAD}<calcChain xmlns="{MAIN}"><c r="A4" i="1" l="1"/><c r="D2"/><c r="D3"/>'
        '<c r="D4"/><c r="A2" i="4"/><c r="A1" i="6"/></calcChain>',
    }


def excel_like(path: Path, **changed: str) -> Path:
    """Write the sample. changed: other contents for a part, by the last name in its path ("sheet1")."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts().items():
            short = "" if name.endswith(".rels") else Path(name).name.split(".")[0]
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(info, changed.get(short, content))
    return path


def opened(path: Path, *, data_only: bool = False) -> openpyxl.Workbook:
    """The workbook as another library reads it (which says that it drops Excel's own drop-downs)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, data_only=data_only)


def members(path: Path) -> dict[str, bytes]:
    """Every member's content by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def raw_members(path: Path) -> dict[str, bytes]:
    """Every member as it lies in the file: header and compressed bytes."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        stops = [*(info.header_offset for info in infos[1:]), archive.start_dir]
        return {
            info.filename: data[info.header_offset : stop] for info, stop in zip(infos, stops, strict=True)
        }


def cells(xml: bytes) -> dict[tuple[int, int], bytes]:
    """Every cell of a sheet part as it lies in the file."""
    return {
        (row.number, cell.column): xml[cell.start : cell.end]
        for row in map_sheet(xml).rows
        for cell in row.cells
    }
