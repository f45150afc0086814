import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  GetTitleRequestSchema,
  GetTitleResponseSchema,
  ListTitlesRequestSchema,
  ListTitlesResponseSchema,
} from '@viernes/contracts/public';

export const PAGE_SIZE = 20;
export const READS = ['title', 'list'] as const;
export type Read = (typeof READS)[number];

/** The IDs and names of titles in order, which all APIs must return. */
export type Content = readonly string[];

const FRAME_HEADER_BYTES = 5;

/** Returns an uncompressed gRPC message, which starts with a flag and its length. */
export function toGrpcRequest(read: Read, id: string): Buffer {
  const message = toProtobuf(read, id);
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

export function fromGrpcResponse(read: Read, body: Buffer): Content {
  return fromProtobuf(read, body.subarray(FRAME_HEADER_BYTES));
}

export function toProtobuf(read: Read, id: string): Uint8Array {
  return read === 'title'
    ? toBinary(GetTitleRequestSchema, create(GetTitleRequestSchema, { id }))
    : toBinary(ListTitlesRequestSchema, create(ListTitlesRequestSchema, { pageSize: PAGE_SIZE }));
}

export function fromProtobuf(read: Read, body: Uint8Array): Content {
  if (read === 'list') return fromBinary(ListTitlesResponseSchema, body).titles.flatMap(({ id, name }) => [id, name]);
  const { title } = fromBinary(GetTitleResponseSchema, body);
  return title ? [title.id, title.name] : [];
}

interface JsonTitle {
  readonly id: string;
  readonly name: string;
}

/** Reads the body of the HTTP API. */
export function fromJson(read: Read, body: unknown): Content {
  const titles = read === 'title' ? [body as JsonTitle] : (body as { readonly titles: readonly JsonTitle[] }).titles;
  return titles.flatMap(({ id, name }) => [id, name]);
}

export function toSoapRequest(read: Read, id: string): string {
  const body = read === 'title' ? `<GetTitle xmlns="${NAMESPACE}"><id>${id}</id></GetTitle>` : LIST_TITLES;
  return `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${body}</s:Body></s:Envelope>`;
}

const NAMESPACE = 'urn:viernes:catalog:v1';
const LIST_TITLES = `<ListTitles xmlns="${NAMESPACE}"><pageSize>${PAGE_SIZE}</pageSize></ListTitles>`;
const SOAP_TITLE = /<id>([^<]*)<\/id><kind>[^<]*<\/kind><name>([^<]*)<\/name>/g;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

export function fromSoapResponse(text: string): Content {
  return [...text.matchAll(SOAP_TITLE)].flatMap(([, id = '', name = '']) => [
    id,
    name.replaceAll(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? ''),
  ]);
}
