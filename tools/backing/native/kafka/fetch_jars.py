"""Copies the jars of a list into a folder: fetch_jars.py jars.json FOLDER.

Each by its full coordinates, because jgo's own choice between versions differs from Maven's.
"""

import json
import pathlib
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

from jgo.maven import MavenContext

jars = json.loads(pathlib.Path(sys.argv[1]).read_text())
folder = pathlib.Path(sys.argv[2])
maven = MavenContext(repo_cache=folder / "repository", timeout=60)


def fetch(jar: dict[str, str]) -> None:
    artifact = maven.project(jar["group"], jar["artifact"]).at_version(jar["version"]).artifact()
    shutil.copy(artifact.resolve(), folder / f"{jar['artifact']}-{jar['version']}.jar")
    print(jar["artifact"], flush=True)


with ThreadPoolExecutor(6) as pool:
    list(pool.map(fetch, jars))
shutil.rmtree(folder / "repository", ignore_errors=True)
