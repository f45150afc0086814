"""Reads titles of the catalog over gRPC."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import grpc

from viernes.catalog.v1.catalog_pb2 import GetTitleRequest, ListTitlesRequest, Title
from viernes.catalog.v1.catalog_pb2_grpc import CatalogServiceStub

# Every call of this client is a read, so all of them can be repeated. gRPC sends the deadline to
# the service, which stops its SQL statements when it has passed.
_METHOD_CONFIG = {
    "name": [{"service": "viernes.catalog.v1.CatalogService"}],
    "timeout": "10s",
    "retryPolicy": {
        "maxAttempts": 3,
        "initialBackoff": "0.1s",
        "maxBackoff": "1s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE"],
    },
}


@contextmanager
def open_catalog(target: str) -> Iterator[CatalogServiceStub]:
    """Opens a connection to the catalog.

    Args:
        target: A gRPC target, such as `127.0.0.1:8401`.
    """
    options = [("grpc.service_config", json.dumps({"methodConfig": [_METHOD_CONFIG]}))]
    with grpc.insecure_channel(target, options=options) as channel:
        yield CatalogServiceStub(channel)


def list_titles(catalog: CatalogServiceStub, query: str, page_size: int = 100) -> Iterator[Title]:
    """Yields the titles that match the query, best match first. An empty query matches all titles.

    Requests the next page only after the caller has consumed the previous one.
    """
    request = ListTitlesRequest(query=query, page_size=page_size)
    while True:
        page = catalog.ListTitles(request)
        yield from page.titles
        if not page.next_cursor:
            return
        request.cursor = page.next_cursor


def find_title(catalog: CatalogServiceStub, title_id: str) -> Title | None:
    """Returns a title, or None if it does not exist or is not visible."""
    try:
        return catalog.GetTitle(GetTitleRequest(title_id=title_id)).title
    except grpc.RpcError as error:
        if error.code() == grpc.StatusCode.NOT_FOUND:
            return None
        raise
