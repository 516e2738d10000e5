#!/usr/bin/python3
"""Makes the sample dossiers again. Each module is a dossier; its folder bears the module's name in kebab case."""

import importlib
import json
import pathlib
import sys

SAMPLES = pathlib.Path(__file__).resolve().parent.parent
DOSSIERS = ["aides_proactives", "api_operateur", "tri_courriers_ia", "barometre_incomplet", "plateforme_trop_grande", "budget_faux"]


def main(asked: list[str]) -> None:
    expected_file = SAMPLES / "expected.json"
    expected = json.loads(expected_file.read_text(encoding="utf-8")) if expected_file.exists() else {}
    for name in asked or DOSSIERS:
        dossier = importlib.import_module(name.replace("-", "_"))
        folder = SAMPLES / name.replace("_", "-")
        folder.mkdir(exist_ok=True)
        dossier.make(folder)
        expected[folder.name] = dossier.EXPECTED
    expected_file.write_text(json.dumps(expected, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
