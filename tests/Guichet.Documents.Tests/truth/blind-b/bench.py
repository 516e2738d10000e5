"""What the makers of the second blind dossiers share: where files go, LibreOffice with a profile of its own, ZIPs without a clock."""
import os
import pathlib
import re
import subprocess
import tempfile
import zipfile

import office

HERE = pathlib.Path(__file__).parent.parent
SCRATCH = pathlib.Path(tempfile.mkdtemp())


def folder(number):
    return HERE / f"blind-b-{number:02d}"


def freeze(path):
    """Takes out the clock, and the number that LibreOffice draws for each session of editing."""
    with zipfile.ZipFile(path) as before:
        members = [(info, before.read(info)) for info in before.infolist()]
    with zipfile.ZipFile(path, "w") as after:
        for info, data in members:
            after.writestr(info, re.sub(rb'("Rsid(?:Root)?" config:type="int">)\d+', rb"\g<1>1000000", data) if info.filename == "settings.xml" else data)
    office.freeze(path)


def save(document, path):
    document.save(path)
    office.freeze(path)


def convert(jobs):
    """jobs: (source, target). One run of LibreOffice for each format; a target in SCRATCH is for a ZIP."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1677661200", "TZ": "UTC"}
    for extension in sorted({target.suffix for _, target in jobs}):
        mine = [(source, target) for source, target in jobs if target.suffix == extension]
        with tempfile.TemporaryDirectory() as out:
            subprocess.run(["soffice", f"-env:UserInstallation=file://{SCRATCH}/profile", "--headless", "--convert-to", extension[1:],
                            "--outdir", out, *(str(source) for source, _ in mine)], check=True, capture_output=True, env=environment)
            for source, target in mine:
                target.write_bytes((pathlib.Path(out) / (source.stem + extension)).read_bytes())
                (office.freeze_pdf if extension == ".pdf" else freeze)(target)


def pack(target, members):
    """members: (name in the archive, path)."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in members:
            archive.writestr(zipfile.ZipInfo(name, (2023, 3, 1, 9, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED)


def typed(text):
    """As it is typed into a field of a PDF form: with the keyboard's apostrophe."""
    return text.replace("’", "'")
