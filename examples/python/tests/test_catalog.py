from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest

from viernes.catalog.v1 import catalog_pb2 as v1
from viernes.catalog.v1.catalog_pb2_grpc import (
    CatalogServiceServicer,
    CatalogServiceStub,
    add_CatalogServiceServicer_to_server,
)
from viernes_example.catalog import find_title, list_titles, open_catalog


class FakeCatalog(CatalogServiceServicer):
    """Serves titles from a list. The cursor is the position of the next title."""

    def __init__(self, names: list[str]) -> None:
        self.titles = [v1.Title(id=f"id-{name}", name=name) for name in names]
        self.requests: list[v1.ListTitlesRequest] = []
        self.failures = 0

    def ListTitles(
        self, request: v1.ListTitlesRequest, context: grpc.ServicerContext
    ) -> v1.ListTitlesResponse:
        self.requests.append(request)
        if self.failures > 0:
            self.failures -= 1
            context.abort(grpc.StatusCode.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE")
        start = int(request.cursor or 0)
        end = start + request.page_size
        cursor = str(end) if end < len(self.titles) else ""
        return v1.ListTitlesResponse(titles=self.titles[start:end], next_cursor=cursor)

    def GetTitle(
        self, request: v1.GetTitleRequest, context: grpc.ServicerContext
    ) -> v1.GetTitleResponse:
        if request.title_id == "broken":
            context.abort(grpc.StatusCode.INTERNAL, "INTERNAL")
        for title in self.titles:
            if title.id == request.title_id:
                return v1.GetTitleResponse(title=title)
        context.abort(grpc.StatusCode.NOT_FOUND, "TITLE_NOT_FOUND")


@pytest.fixture
def service() -> FakeCatalog:
    return FakeCatalog(["Metropolis", "Nosferatu", "Vampyr"])


@pytest.fixture
def catalog(service: FakeCatalog) -> Iterator[CatalogServiceStub]:
    server = grpc.server(ThreadPoolExecutor(max_workers=1))
    add_CatalogServiceServicer_to_server(service, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with open_catalog(f"127.0.0.1:{port}") as stub:
        yield stub
    server.stop(grace=None)


def test_list_titles_reads_all_pages(service: FakeCatalog, catalog: CatalogServiceStub) -> None:
    names = [title.name for title in list_titles(catalog, "silent", page_size=2)]
    assert names == ["Metropolis", "Nosferatu", "Vampyr"]
    assert [(r.query, r.cursor) for r in service.requests] == [("silent", ""), ("silent", "2")]


def test_list_titles_requests_no_page_that_is_not_needed(
    service: FakeCatalog, catalog: CatalogServiceStub
) -> None:
    next(list_titles(catalog, "", page_size=2))
    assert len(service.requests) == 1


def test_a_call_is_repeated_while_the_service_is_unavailable(
    service: FakeCatalog, catalog: CatalogServiceStub
) -> None:
    service.failures = 2
    assert len(list(list_titles(catalog, "", page_size=100))) == 3


def test_find_title_returns_the_title_or_none(catalog: CatalogServiceStub) -> None:
    title = find_title(catalog, "id-Vampyr")
    assert title is not None
    assert title.name == "Vampyr"
    assert find_title(catalog, "id-unknown") is None


def test_find_title_raises_other_errors(catalog: CatalogServiceStub) -> None:
    with pytest.raises(grpc.RpcError):
        find_title(catalog, "broken")
