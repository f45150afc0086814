"""Generates the modules of the package `viernes` from the .proto files of the platform."""

import sys
import sysconfig
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc

HERE = Path(__file__).resolve().parent
PROTO = HERE.parent.parent / "libs" / "contracts" / "proto"
OUT = HERE / "src"
# The plugins for type stubs, which this environment contains even if it is not activated.
SCRIPTS = Path(sysconfig.get_path("scripts"))


def main() -> int:
    """Returns the exit code of protoc."""
    arguments = [
        f"--proto_path={PROTO}",
        f"--proto_path={files('grpc_tools') / '_proto'}",
        f"--plugin=protoc-gen-mypy={SCRIPTS / 'protoc-gen-mypy'}",
        f"--plugin=protoc-gen-mypy_grpc={SCRIPTS / 'protoc-gen-mypy_grpc'}",
        *(f"--{name}_out={OUT}" for name in ("python", "grpc_python", "mypy", "mypy_grpc")),
        *(str(path) for path in PROTO.glob("viernes/catalog/v1/*.proto")),
    ]
    return int(protoc.main(["protoc", *arguments]))


if __name__ == "__main__":
    sys.exit(main())
