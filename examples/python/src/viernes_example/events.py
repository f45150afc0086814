"""Consumes the events of the catalog from Kafka: CloudEvents in binary mode with protobuf data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat
from confluent_kafka import Consumer, KafkaException
from confluent_kafka import Message as ConfluentMessage
from google.protobuf.message import Message

from viernes.catalog.v1 import events_pb2

TOPIC = "viernes.catalog.titles"

_PAYLOADS: dict[str, type[Message]] = {
    "viernes.catalog.title-changed.v1": events_pb2.TitleChanged,
    "viernes.catalog.person-changed.v1": events_pb2.PersonChanged,
    "viernes.catalog.home-rows-changed.v1": events_pb2.HomeRowsChanged,
}


@dataclass(frozen=True)
class Event:
    """A CloudEvent and its decoded data."""

    attributes: BaseCloudEvent
    payload: Message


class _BytesFormat(JSONFormat):
    """Leaves data as bytes. The format of the SDK converts bytes that are valid UTF-8 to text."""

    def read_data(self, body: bytes, datacontenttype: str | None) -> bytes:
        return body


def decode(message: KafkaMessage) -> Event | None:
    """Decodes an event. Returns None for an unknown type: a newer version can publish more types.

    Raises:
        cloudevents.core.exceptions.CloudEventValidationError: if its source or type is missing
        google.protobuf.message.DecodeError: if the data is not a message of this type
    """
    attributes = from_binary(message, _BytesFormat())
    payload_type = _PAYLOADS.get(attributes.get_type())
    if payload_type is None:
        return None
    return Event(attributes, payload_type.FromString(message.value))


def open_consumer(brokers: str, group: str, *, from_beginning: bool) -> Consumer:
    """Creates a consumer whose position is stored by `read_events`, not by a timer."""
    return Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": group,
            "auto.offset.reset": "earliest" if from_beginning else "latest",
            "enable.auto.offset.store": False,
        }
    )


def read_events(consumer: Consumer, is_stopped: Callable[[], bool]) -> Iterator[Event]:
    """Yields events until `is_stopped` returns true.

    An event counts as processed when the caller requests the next one. After a crash, Kafka delivers
    an unprocessed event again, so the caller sees each event at least once.
    """
    consumer.subscribe([TOPIC])
    while not is_stopped():
        message = consumer.poll(timeout=0.5)
        if message is None:
            continue
        if error := message.error():
            raise KafkaException(error)
        event = decode(_to_kafka_message(message))
        if event is not None:
            yield event
        consumer.store_offsets(message)


def _to_kafka_message(message: ConfluentMessage) -> KafkaMessage:
    headers = {
        name: value.encode() if isinstance(value, str) else value or b""
        for name, value in dict(message.headers() or []).items()
    }
    return KafkaMessage(headers=headers, key=message.key(), value=message.value() or b"")
