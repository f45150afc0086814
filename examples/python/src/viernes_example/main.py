"""The command line: `viernes-example browse` and `viernes-example watch`."""

import argparse
import json
import os
import signal
from itertools import islice
from threading import Event as Flag

from google.protobuf.json_format import MessageToDict

from viernes.catalog.v1.catalog_pb2_grpc import CatalogServiceStub
from viernes.catalog.v1.events_pb2 import TitleChanged
from viernes_example.catalog import find_title, list_titles, open_catalog
from viernes_example.events import open_consumer, read_events

# The ports of `npm start`.
CATALOG_ADDRESS = os.environ.get("CATALOG_ADDRESS", "127.0.0.1:8401")
KAFKA_BROKERS = os.environ.get("KAFKA_BROKERS", "127.0.0.1:8421")


def browse(catalog: CatalogServiceStub, query: str, limit: int) -> None:
    """Prints the ID, the year and the name of the best matches."""
    for title in islice(list_titles(catalog, query, page_size=min(limit, 100)), limit):
        print(title.id, title.release_year or "    ", title.name, sep="  ")


def watch(catalog: CatalogServiceStub, group: str, *, from_beginning: bool) -> None:
    """Prints one JSON line per event until SIGINT or SIGTERM, with the current name of a title."""
    stopped = Flag()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    consumer = open_consumer(KAFKA_BROKERS, group, from_beginning=from_beginning)
    try:
        for event in read_events(consumer, stopped.is_set):
            line: dict[str, object] = {
                "type": event.attributes.get_type(),
                "id": event.attributes.get_id(),
                **MessageToDict(event.payload),
            }
            if isinstance(event.payload, TitleChanged):
                title = find_title(catalog, event.payload.title_id)
                line["name"] = title.name if title else None
            print(json.dumps(line), flush=True)
    finally:
        # Commits the position and leaves the group, so that another consumer continues immediately.
        consumer.close()


def main() -> None:
    """Runs the command of the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    browsing = commands.add_parser("browse", help="print titles of the catalog")
    browsing.add_argument(
        "--query", default="", help="words of the name, the people or the synopsis"
    )
    browsing.add_argument("--limit", type=int, default=20, help="number of titles (20)")
    watching = commands.add_parser("watch", help="print the events of the catalog")
    watching.add_argument("--group", default="viernes-example", help="the consumer group")
    watching.add_argument(
        "--from-beginning", action="store_true", help="start a new group with the oldest event"
    )
    options = parser.parse_args()
    with open_catalog(CATALOG_ADDRESS) as catalog:
        if options.command == "browse":
            browse(catalog, options.query, options.limit)
        else:
            watch(catalog, options.group, from_beginning=options.from_beginning)


if __name__ == "__main__":
    main()
