"""Downloads the jars of a list into a folder: fetch_jars.py jars.txt FOLDER.

Requests each jar by its complete coordinates, because jgo resolves versions differently from Maven.
"""

import pathlib
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

from jgo.maven import MavenContext

coordinates = [line.split()[0].split(":") for line in pathlib.Path(sys.argv[1]).read_text().splitlines()]
folder = pathlib.Path(sys.argv[2])
maven = MavenContext(repo_cache=folder / "repository", timeout=60)


def fetch(coordinate: list[str]) -> None:
    group, name, version = coordinate
    artifact = maven.project(group, name).at_version(version).artifact()
    shutil.copy(artifact.resolve(), folder / f"{name}-{version}.jar")
    print(name, flush=True)


with ThreadPoolExecutor(6) as pool:
    list(pool.map(fetch, coordinates))
shutil.rmtree(folder / "repository", ignore_errors=True)
