"""Makes the files of the second blind dossiers again, one module each in `blind-b/`. What they should be read as is written by hand in their `expected.json`.

Debian's python3-docx, python3-openpyxl, python3-odf, python3-reportlab and LibreOffice."""
import importlib
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE / "blind"), str(HERE / "blind-b")]
sys.dont_write_bytecode = True
bench = importlib.import_module("bench")

makers = [importlib.import_module(module.stem) for module in sorted((HERE / "blind-b").glob("b[0-9][0-9].py"))]
jobs = []
for maker in makers:
    maker.make(jobs)
bench.convert(jobs)
for maker in makers:
    if hasattr(maker, "finish"):
        maker.finish()
