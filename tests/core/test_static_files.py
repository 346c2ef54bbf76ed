"""What a server hands out as the scripts of pages."""

import re
import shutil
from pathlib import Path

from config.env import ROOT
from core.static_files import StaticFiles

SCRIPTS = ROOT / "site" / "static" / "js"


def test_every_script_names_those_that_it_imports_by_their_content(tmp_path: Path) -> None:
    shutil.copytree(SCRIPTS, tmp_path / "js")
    storage = StaticFiles(location=str(tmp_path), base_url="/static/")
    names = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.js")]
    done = list(storage.post_process({name: (storage, name) for name in names}))
    assert not [result for *_, result in done if isinstance(result, Exception)]
    imported = {
        (name, other)
        for name, hashed in storage.hashed_files.items()
        for other in re.findall(r'from "(\./.+?)"', (tmp_path / hashed).read_text())
    }
    assert ("js/share.js", f"./{Path(storage.hashed_files['js/said.js']).name}") in imported
    known = {f"./{Path(hashed).name}" for hashed in storage.hashed_files.values()}
    assert {other for _, other in imported} <= known
