import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { TitleSchema, type Title } from '@viernes/contracts/public';
import type { TitleDetailsResponse, TitleResponse } from '../title/title.schema.js';

type ListedOrDetailed = TitleResponse | TitleDetailsResponse;

/**
 * Converts a title of the HTTP API. Its JSON equals the ProtoJSON of the message, except for the names of enum values. In
 * ProtoJSON, a field that is null is absent.
 */
export function toTitleMessage(title: ListedOrDetailed): Title {
  const { kind, artwork, credits } = title;
  const json = {
    ...title,
    kind: toEnumName('TITLE_KIND', kind),
    artwork: artwork.map((image) => ({ ...image, kind: toEnumName('ARTWORK_KIND', image.kind) })),
    credits: credits?.map((credit) => ({ ...credit, role: toEnumName('CREDIT_ROLE', credit.role) })) ?? null,
  };
  // The title can have fields that the message does not have yet.
  return fromJson(TitleSchema, json as JsonValue, { ignoreUnknownFields: true });
}

function toEnumName(prefix: string, name: string): string {
  return `${prefix}_${name.toUpperCase()}`;
}
