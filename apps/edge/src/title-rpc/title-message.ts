import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { TitleSchema, type Title } from '@viernes/contracts/public';
import type { TitleDetailsResponse, TitleResponse } from '../title/title.schema.js';

type ListedOrDetailed = TitleResponse | TitleDetailsResponse;

/**
 * Converts a title of the HTTP API. Its JSON is that of the message (ProtoJSON), except for the names of enum values: null is
 * an absent field there, too.
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
