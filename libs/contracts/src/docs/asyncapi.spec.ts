import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemas } from '@asyncapi/specs';
import { Ajv } from 'ajv';
import { EVENTS, PlaybackProgressedV1 } from '../events/event-registry.js';
import { TOPICS } from '../events/topics.js';

const LIBRARY = join(import.meta.dirname, '..', '..');

interface Reference {
  readonly $ref: string;
}

interface Operation {
  readonly action: string;
  readonly channel: Reference;
  readonly messages: readonly Reference[];
}

interface AsyncApi {
  readonly channels: Readonly<Record<string, { readonly messages: Readonly<Record<string, Reference>> }>>;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload: { readonly schema: string } }>>;
  };
}

const document = JSON.parse(readFileSync(join(LIBRARY, 'asyncapi.json'), 'utf8')) as AsyncApi;
const schemaOf = (type: string) => document.components.messages[type]?.payload.schema ?? '';

describe('libs/contracts/asyncapi.json', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'viernes-asyncapi-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs buf on the schema of an event, without the other files of libs/contracts. */
  function buf(type: string, ...args: string[]): string {
    writeFileSync(join(folder, 'event.proto'), schemaOf(type));
    const program = join(LIBRARY, '..', '..', 'node_modules', '.bin', 'buf');
    return execFileSync(program, args, { cwd: folder, encoding: 'utf8' });
  }

  it('is a valid AsyncAPI 3.1 document', () => {
    // The schema contains the JSON Schema meta-schema, which Ajv would add a second time.
    const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
    const validate = ajv.compile(schemas['3.1.0']);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('contains the target of every reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => String(path));
    const isMissing = (path: string) =>
      path.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document) ===
      undefined;
    expect(references).not.toHaveLength(0);
    expect(references.filter(isMissing)).toEqual([]);
  });

  it('contains every event in the channel of its topic', () => {
    const channels = Object.entries(document.channels).map(([topic, { messages }]) => [topic, Object.keys(messages)]);
    const expected = TOPICS.map(({ name }) => [
      name,
      EVENTS.filter((event) => event.topic === name).map((e) => e.type),
    ]);
    expect(channels).toEqual(expected);
  });

  it('contains the producer and each consumer of every event', () => {
    const ofType = (type: string) =>
      Object.entries(document.operations)
        .filter(([, { messages }]) => messages.some(({ $ref }) => $ref.endsWith(`/messages/${type}`)))
        .map(([name, { action }]) => (action === 'send' ? `${name.split('.', 1)[0]} sends` : name));
    for (const { type, producer, consumers } of EVENTS) {
      expect(ofType(type).toSorted()).toEqual([`${producer} sends`, ...consumers].toSorted());
    }
  });

  it.each(EVENTS.map(({ type }) => type))('contains the complete schema of %s', (type) => {
    expect(buf(type, 'build', 'event.proto')).toBe('');
  });

  it('contains the schema of the bytes that services publish', () => {
    const { type, codec } = PlaybackProgressedV1;
    const event = {
      playbackId: 'p',
      accountId: 'a',
      profileId: 'f',
      titleId: 't',
      assetId: 's',
      positionMs: 90_000,
      durationMs: 7_200_000,
      occurredAt: '2026-11-20T20:15:00.123Z',
      isStart: true,
    };
    writeFileSync(join(folder, 'event.bin'), codec.encode(event).finish());
    const message = ['--type', 'viernes.video.v1.PlaybackProgressed', '--from', 'event.bin#format=binpb'];
    // The JSON mapping of protobuf writes 64-bit integers as text.
    expect(JSON.parse(buf(type, 'convert', 'event.proto', ...message, '--to', '-#format=json'))).toEqual({
      ...event,
      positionMs: '90000',
      durationMs: '7200000',
    });
  });
});
