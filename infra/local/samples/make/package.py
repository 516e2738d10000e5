"""Office files that are the same bytes each time they are made, so that a change in one is always somebody's change."""

import datetime
import io
import os
import pathlib
import re
import subprocess
import tempfile
import zipfile

WRITTEN = datetime.datetime(2024, 3, 11, 9, 0, 0)
"""When every sample says that it was written: two days before the demo's deposit."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def save_stable(save, target: pathlib.Path) -> None:
    """Save an office document by `save(stream)`, without the clock that ZIP entries carry."""
    stream = io.BytesIO()
    save(stream)
    target.write_bytes(_repack(stream.getvalue()))


def convert(source: pathlib.Path, target: pathlib.Path) -> None:
    """Have LibreOffice write `source` again in the format that the name of `target` tells."""
    kind = target.suffix[1:]
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless",
             "--convert-to", kind, "--outdir", scratch, str(source)],
            check=True, capture_output=True, env=os.environ | {"TZ": "UTC"})
        made = pathlib.Path(scratch, source.with_suffix(target.suffix).name).read_bytes()
    target.write_bytes(_without_pdf_clock(made) if kind == "pdf" else _repack(made))


def _repack(package: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as write:
        for name in [entry.filename for entry in read.infolist() if not entry.is_dir()]:
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            # OpenDocument wants its media type first and uncompressed, where file(1) looks for it.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            content = read.read(name)
            content = _OPENDOCUMENT.get(name, bytes)(content)
            write.writestr(entry, content)
    return stream.getvalue()


def _without_clock(meta: bytes) -> bytes:
    written = WRITTEN.isoformat().encode()
    meta = re.sub(rb"(<(dc:date|meta:creation-date)>)[^<]*", rb"\g<1>" + written, meta)
    return re.sub(rb"<meta:editing-duration>[^<]*</meta:editing-duration>", b"", meta)


def _without_chance(settings: bytes) -> bytes:
    return re.sub(rb'(config:name="Rsid(?:Root)?"[^>]*>)\d+', rb"\g<1>1", settings)


def _in_order(styles: bytes) -> bytes:
    # LibreOffice writes the page styles in the order of their addresses in memory.
    page = rb"<style:master-page .*?</style:master-page>"
    return re.sub(rb"(?:" + page + rb")+", lambda pages: b"".join(sorted(re.findall(page, pages[0]))), styles)


_OPENDOCUMENT = {"meta.xml": _without_clock, "settings.xml": _without_chance, "styles.xml": _in_order}


def _without_pdf_clock(pdf: bytes) -> bytes:
    # Same lengths, or the cross-reference table would point beside the objects.
    written = WRITTEN.strftime("%Y%m%d%H%M%S").encode()
    pdf = re.sub(rb"(/CreationDate\(D:)\d{14}", rb"\g<1>" + written, pdf)
    return re.sub(rb"(/ID \[[^\]]*\]|/DocChecksum /[0-9A-F]{32})", lambda mark: re.sub(rb"[0-9A-F]{32}", b"0" * 32, mark[0]), pdf)
