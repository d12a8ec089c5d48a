"""What tools that we did not write make of an emitted controller: one JSON document on stdout.

usage: interchange.py registers.rdl controller.xml header.h html-folder
"""
import json
import re
import sys
from pathlib import Path

from ipyxact.ipyxact import Component
from peakrdl_cheader.c_standards import CStandard
from peakrdl_cheader.exporter import CHeaderExporter
from peakrdl_html import HTMLExporter
from peakrdl_ipxact import IPXACTImporter
from systemrdl import RDLCompiler
from systemrdl.node import AddrmapNode, MemNode, RegNode


def of_field(field):
    onwrite = field.get_property("onwrite")
    return {
        "name": field.inst_name,
        "lsb": field.lsb,
        "width": field.width,
        "sw": field.get_property("sw").name,
        "onwrite": onwrite and onwrite.name,
        "reset": field.get_property("reset"),
    }


def registers_of(node):
    """Registers and memories below a node, with absolute addresses, whatever groups them."""
    for child in node.children():
        if isinstance(child, RegNode):
            fields = [of_field(field) for field in child.fields()]
            yield {"name": child.inst_name, "address": child.absolute_address, "fields": fields}
        elif isinstance(child, MemNode):
            access = child.get_property("sw").name
            yield {"name": child.inst_name, "address": child.absolute_address, "bytes": child.size, "sw": access}
        elif isinstance(child, AddrmapNode):
            yield from registers_of(child)


def from_rdl(file):
    compiler = RDLCompiler()
    compiler.compile_file(file)
    return compiler.elaborate()


def from_ipxact(file):
    compiler = RDLCompiler()
    IPXACTImporter(compiler).import_file(file)
    return compiler.elaborate(f"{component.name}__host")


rdl_file, xml_file, header_file, html_folder = sys.argv[1:]
component = Component()
component.load(xml_file)
rdl = from_rdl(rdl_file)
CHeaderExporter().export(
    rdl,
    path=header_file,
    std=CStandard.latest,
    linux_kernel=False,
    reuse_typedefs=True,
    generate_bitfields=False,
    bitfield_order_ltoh=True,
    wide_reg_subword_size=32,
    explode_top=False,
    instantiate=False,
    inst_offset=0,
    testcase=False,
)
HTMLExporter().export(rdl, html_folder)
bus = component.busInterfaces.busInterface[0]
print(
    json.dumps(
        {
            "rdl": list(registers_of(rdl.top)),
            "ipxact": list(registers_of(from_ipxact(xml_file).top)),
            "header": Path(header_file).read_text(),
            "pages": [
                re.search(r"<h1[^>]*>([^<]*)", path.read_text(encoding="utf-8")).group(1).strip()
                for path in Path(html_folder, "content").glob("*.html")
            ],
            "name": [component.vendor, component.library, component.name, component.version],
            "bus": [bus.busType.vendor, bus.busType.library, bus.busType.name, bus.busType.version],
            "ports": [
                {
                    "name": port.name,
                    "direction": port.wire.direction,
                    "width": 1 + sum(v.left - v.right for v in port.wire.vectors.vector) if port.wire.vectors else 1,
                }
                for port in component.model.ports.port
            ],
            "files": {each.name: [file.name for file in each.file] for each in component.fileSets.fileSet},
        }
    )
)
