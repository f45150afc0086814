import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { buildDocument, toTemplate } from './document.js';
import { OPERATIONS, TAGS } from './operations.js';

interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: Record<string, { readonly headers?: object; readonly $ref?: string }>;
}

type Components = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

describe('the OpenAPI document', () => {
  const document = buildDocument();
  const paths = document['paths'] as Record<string, Record<string, DescribedOperation>>;
  const components = document['components'] as Components;
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  it('the OpenAPI document describes every route and no other', () => {
    const routed = edge.routes
      // Other APIs have separate descriptions: a WSDL and a .proto file.
      .filter(({ url, config }) => url !== '/*' && !config?.carries)
      .flatMap(({ method, url }) => [method].flat().map((name) => `${name} ${toTemplate(url)}`))
      .filter((route) => !route.startsWith('HEAD '));
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(routed.sort());
  });

  it('the OpenAPI document describes the success and the errors of every operation', () => {
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, responses } of operations) {
      expect(summary).not.toBe('');
      expect(Object.keys(responses).some((status) => /^(101|2)/.test(status))).toBe(true);
      expect(responses).toHaveProperty('500');
    }
  });

  it('the OpenAPI document describes conditional requests only for operations with a cache', () => {
    const cached = OPERATIONS.filter(({ cache }) => cache).map(({ operationId }) => operationId);
    const conditional = Object.values(paths).flatMap((methods) =>
      Object.values(methods).filter(({ parameters }) => parameters.some(({ name }) => name === 'If-None-Match')),
    );
    expect(conditional.map(({ operationId }) => operationId).sort()).toEqual(cached.sort());
    for (const { responses } of conditional) {
      for (const status of ['200', '304']) {
        expect(Object.keys(responses[status]?.headers ?? {})).toEqual(
          expect.arrayContaining(['ETag', 'Cache-Control']),
        );
      }
    }
  });

  it('the OpenAPI document describes the rejection of every operation whose concurrency is limited', () => {
    const limited = OPERATIONS.filter(({ isLong, streamsBody }) => !isLong && !streamsBody);
    for (const { method, path } of limited) {
      const { $ref = '' } = paths[toTemplate(path)]?.[method.toLowerCase()]?.responses['503'] ?? {};
      expect([path, JSON.stringify(components['responses']?.[$ref.split('/').at(-1) ?? ''])]).toEqual([
        path,
        expect.stringContaining('"code":"OVERLOADED"'),
      ]);
    }
  });

  it('the OpenAPI document describes every tag', () => {
    expect(Object.keys(TAGS)).toEqual([...new Set(OPERATIONS.map(({ tag }) => tag))]);
  });

  it('the OpenAPI document resolves every reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
      ([, reference = '']) => reference,
    );
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const [root, kind = '', name = '', ...rest] = reference.replace('#/', '').split('/');
      expect([root, rest]).toEqual(['components', []]);
      expect(components[kind]).toHaveProperty(name);
    }
  });

  it('no component of the document is only a reference to itself', () => {
    for (const [kind, byName] of Object.entries(components)) {
      for (const [name, component] of Object.entries(byName)) {
        expect(component['$ref']).not.toBe(`#/components/${kind}/${name}`);
      }
    }
  });

  it('the OpenAPI document names the schema of every JSON request and response body', () => {
    for (const { operationId, body, success } of OPERATIONS) {
      for (const schema of [body, success.schema]) {
        if (schema) expect([operationId, z.globalRegistry.get(schema)?.id]).toEqual([operationId, expect.any(String)]);
      }
    }
  });

  it('all examples of the document match their schemas', () => {
    const schemas = OPERATIONS.flatMap(({ body, success }) => [body, success.schema]).filter(
      (schema) => schema !== undefined,
    );
    const examples = schemas.flatMap((schema) =>
      ((z.globalRegistry.get(schema)?.['examples'] as unknown[] | undefined) ?? []).map((example) => ({
        schema,
        example,
      })),
    );
    expect(examples.length).toBeGreaterThan(10);
    for (const { schema, example } of examples) expect(schema.parse(example)).toEqual(example);
  });

  it('the OpenAPI document equals the served one and the file in the repository', async () => {
    const served = await edge.fetch('/v1/openapi.json', { token: null });
    const file = await readFile(new URL('../../openapi.json', import.meta.url), 'utf8');
    expect(await served.json()).toEqual(JSON.parse(file));
  });
});
