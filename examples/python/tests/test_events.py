import pytest
from cloudevents.core.bindings.kafka import KafkaMessage
from cloudevents.core.exceptions import CloudEventValidationError
from google.protobuf.message import DecodeError

from viernes.catalog.v1.events_pb2 import HomeRowsChanged, TitleChanged
from viernes_example.events import decode

TITLE_ID = "8f14e45f-ceea-467f-a8a5-3c1f1d2b7a10"


def message(value: bytes, **attributes: str) -> KafkaMessage:
    """Returns an event as the services of the platform encode it."""
    values = {
        "ce_specversion": "1.0",
        "ce_id": "0199f3a2-6f0e-7c3e-9a53-0d1d6a3b2c4d",
        "ce_type": "viernes.catalog.title-changed.v1",
        "ce_source": "/viernes/catalog",
        "ce_time": "2026-11-20T20:15:00.123Z",
        "content-type": "application/protobuf",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        **attributes,
    }
    headers = {name: text.encode() for name, text in values.items() if text}
    return KafkaMessage(headers=headers, key=TITLE_ID.encode(), value=value)


def test_decodes_the_attributes_and_the_payload() -> None:
    event = decode(message(TitleChanged(title_id=TITLE_ID).SerializeToString()))
    assert event is not None
    assert event.payload == TitleChanged(title_id=TITLE_ID)
    assert event.attributes.get_source() == "/viernes/catalog"
    time = event.attributes.get_time()
    assert time is not None
    assert time.isoformat() == "2026-11-20T20:15:00.123000+00:00"


def test_decodes_a_payload_without_fields() -> None:
    event = decode(message(b"", ce_type="viernes.catalog.home-rows-changed.v1"))
    assert event is not None
    assert event.payload == HomeRowsChanged()


def test_skips_an_unknown_type() -> None:
    assert decode(message(b"", ce_type="viernes.catalog.title-changed.v2")) is None


def test_ignores_fields_of_a_later_version() -> None:
    known = TitleChanged(title_id=TITLE_ID).SerializeToString()
    # Field 99, a string: "new".
    event = decode(message(known + b"\x9a\x06\x03new"))
    assert event is not None
    assert isinstance(event.payload, TitleChanged)
    assert event.payload.title_id == TITLE_ID


def test_rejects_a_message_without_a_source() -> None:
    with pytest.raises(CloudEventValidationError):
        decode(message(b"", ce_source=""))


def test_rejects_data_that_is_not_the_message() -> None:
    with pytest.raises(DecodeError):
        decode(message(b"\xff"))
