#!/usr/bin/python3
"""Makes the sample dossiers again. Each module is a dossier; its folder bears the module's name in kebab case."""

import importlib
import json
import pathlib
import sys

SAMPLES = pathlib.Path(__file__).resolve().parent.parent
DOSSIERS = ["aides_proactives", "api_operateur", "tri_courriers_ia", "barometre_incomplet", "plateforme_trop_grande", "budget_faux"]


def main(asked: list[str]) -> None:
    for name in asked or DOSSIERS:
        dossier = importlib.import_module(name.replace("-", "_"))
        folder = SAMPLES / name.replace("_", "-")
        folder.mkdir(exist_ok=True)
        dossier.make(folder)
        expected = json.dumps(dossier.EXPECTED, ensure_ascii=False, indent=2) + "\n"
        (folder / "expected.json").write_text(expected, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
