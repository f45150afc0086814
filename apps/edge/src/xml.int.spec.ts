import { catalogV1, CodedError } from '@viernes/contracts';
import { titleMessage, titlePageMessage } from './testing/messages.js';
import { RAISED_LIMIT } from './testing/raised-limit.js';
import { startEdge, type EdgeRequest, type TestEdge } from './testing/start-edge.js';

const XML = { accept: 'application/xml' };

describe('XML', () => {
  const title = titleMessage({ name: 'Faust & Margarete', synopsis: 'A pact. '.repeat(200), genres: ['Drama'] });
  const path = `/v1/titles/${title.id}`;
  let edge: TestEdge;
  let received: (catalogV1.TitleInput | undefined)[];

  beforeAll(async () => {
    edge = await startEdge(RAISED_LIMIT);
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    received = [];
    const store = (request: { title: catalogV1.TitleInput | undefined }) => {
      received.push(request.title);
      return { title };
    };
    edge.catalog.handlers = {
      getTitle: () => ({ title }),
      listTitles: () => titlePageMessage([title, title]),
      createTitle: store,
      replaceTitle: store,
    };
  });

  const get = (url: string, headers: Record<string, string> = XML, token: string | null = null): Promise<Response> =>
    edge.fetch(url, { headers, token });
  const sendXml = (method: string, url: string, content: string, init: EdgeRequest = {}): Promise<Response> =>
    edge.fetch(url, {
      method,
      body: `<?xml version="1.0"?><NewTitle>${content}</NewTitle>`,
      ...init,
      headers: { 'content-type': 'application/xml; charset=utf-8', 'if-match': '*', ...init.headers } as HeadersInit,
    });

  it.each([
    ['an anonymous client', null],
    ['a client with a token', undefined],
  ])('returns XML to %s that prefers it', async (_, token) => {
    const response = await edge.fetch(path, { headers: XML, ...(token === null && { token }) });
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(response.headers.get('vary')).toMatch(/\bAccept\b(?!-)/);
    const text = await response.text();
    expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<TitleDetails .*<\/TitleDetails>$/s);
    expect(text).toContain('<name>Faust &amp; Margarete</name>');
    expect(text).toContain('<genres><i>Drama</i></genres>');
    expect(text).toContain('<runtimeMinutes xsi:nil="true"/>');
  });

  it('caches and compresses XML separately from JSON, with other entity tags', async () => {
    const url = '/v1/titles?genre=Xml';
    const tags = new Map<string, string>();
    for (const _ of [1, 2]) {
      for (const accept of ['application/json', 'application/xml']) {
        for (const encoding of ['identity', 'br']) {
          const response = await get(url, { accept, 'accept-encoding': encoding });
          expect(response.headers.get('content-type')).toContain(accept);
          expect(response.headers.get('content-encoding')).toBe(encoding === 'br' ? 'br' : null);
          expect((await response.text()).startsWith('<')).toBe(accept === 'application/xml');
          tags.set(`${accept} ${encoding}`, response.headers.get('etag') ?? '');
        }
      }
    }
    expect(new Set(tags.values()).size).toBe(4);
    const unchanged = {
      ...XML,
      'accept-encoding': 'identity',
      'if-none-match': tags.get('application/xml identity') ?? '',
    };
    expect((await get(url, unchanged)).status).toBe(304);
    expect((await get(url, { ...unchanged, accept: '*/*' })).status).toBe(200);
  });

  it('creates a title from XML with the same message as from JSON', async () => {
    const json = {
      kind: 'film',
      name: '1984',
      releaseYear: 1984,
      score: 7.5,
      genres: ['Drama'],
      countries: [],
      credits: [{ name: 'A', role: 'actor' }],
    };
    const fromJson = await edge.fetch('/v1/titles', { method: 'POST', json });
    const fromXml = await sendXml(
      'POST',
      '/v1/titles',
      '<kind>film</kind><name>1984</name><releaseYear>1984</releaseYear><score>7.5</score><genres><i>Drama</i></genres>' +
        '<countries/><credits><i><name>A</name><role>actor</role></i></credits>',
    );
    expect([fromJson.status, fromXml.status]).toEqual([201, 201]);
    expect(received[1]).toEqual(received[0]);
    expect(fromXml.headers.get('content-type')).toContain('application/json');
  });

  it('reports the same errors for XML as for JSON', async () => {
    const json = { kind: 'book', releaseYear: 'x', genres: [], tags: 1, credits: [{ name: '', role: 'actor' }] };
    const fromJson = await edge.fetch('/v1/titles', { method: 'POST', json });
    const fromXml = await sendXml(
      'POST',
      '/v1/titles',
      '<kind>book</kind><releaseYear>x</releaseYear><genres/><tags>1</tags><credits><i><name/><role>actor</role></i></credits>',
    );
    expect(fromXml.status).toBe(400);
    const [expected, actual] = [await fromJson.json(), await fromXml.json()] as { errors: unknown }[];
    expect(actual?.errors).toEqual(expected?.errors);
  });

  it.each(['application/json', 'application/xml'])('accepts the entity tag of %s for a change', async (accept) => {
    for (const encoding of ['identity', 'br']) {
      const read = await get(path, { accept, 'accept-encoding': encoding });
      const headers = { 'if-match': read.headers.get('etag') ?? '' };
      const response = await sendXml('PUT', path, '<kind>film</kind><name>Faust</name>', { headers });
      expect(response.status).toBe(200);
    }
    const headers = { 'if-match': '"other"' };
    expect((await sendXml('PUT', path, '<kind>film</kind><name>Faust</name>', { headers })).status).toBe(412);
  });

  it('returns problems as XML to clients that prefer it', async () => {
    edge.catalog.handlers.getTitle = () => {
      throw new CodedError('TITLE_NOT_FOUND');
    };
    const responses = await Promise.all([
      get('/v1/titles/missing'),
      get('/v1/nothing'),
      get('/v1/titles/missing', { accept: 'application/problem+xml' }),
      get('/v1/titles/missing', { ...XML, authorization: 'Bearer invalid' }),
      edge.fetch('/v1/titles', { method: 'POST', headers: XML, token: null }),
      edge.fetch('/v1/titles', { method: 'POST', headers: { ...XML, 'content-type': 'text/csv' }, body: 'a' }),
      sendXml('POST', '/v1/titles', '<kind>', { headers: XML }),
      get('/v1/openapi.json'),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 406, 401, 401, 415, 400, 406]);
    for (const response of responses) {
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+xml/);
      expect(await response.text()).toContain(`<problem xmlns="urn:ietf:rfc:7807"><type>`);
    }
  });

  it.each([
    ['<!DOCTYPE NewTitle [<!ENTITY a "b">]><NewTitle><name>&a;</name></NewTitle>', 'must not contain a document type'],
    ['<NewTitle><name>a</NewTitle>', 'is not well-formed XML'],
    ['<Title/>', 'must have the root element NewTitle'],
  ])('returns 400 for the body %s', async (body, message) => {
    const response = await sendXml('POST', '/v1/titles', '', { body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ path: 'body', message }] });
  });

  it('returns 413 for a body that is too large', async () => {
    expect((await sendXml('POST', '/v1/titles', `<name>${'a'.repeat(600_000)}</name>`)).status).toBe(413);
  });

  it('returns 415 with the accepted types for other bodies', async () => {
    const csv = await sendXml('POST', '/v1/titles', '', { headers: { 'content-type': 'text/csv' } });
    expect([csv.status, csv.headers.get('accept')]).toEqual([415, 'application/json, application/xml']);
    const patch = await sendXml('PATCH', path, '');
    expect([patch.status, patch.headers.get('accept-patch')]).toEqual([415, 'application/merge-patch+json']);
  });

  it.each(['text/html', 'application/json;q=0', 'application/problem+json'])(
    'returns 406 to a client that accepts only %s',
    async (accept) => {
      for (const token of [null, undefined]) {
        const response = await edge.fetch(path, { headers: { accept }, ...(token === null && { token }) });
        expect([response.status, await response.json()]).toEqual([
          406,
          expect.objectContaining({ code: 'NOT_ACCEPTABLE' }),
        ]);
      }
    },
  );

  it('returns the API description as JSON to clients that prefer XML', async () => {
    const response = await get('/v1/openapi.json', { accept: 'application/xml, */*;q=0.1' });
    expect(response.headers.get('content-type')).toContain('application/json');
  });
});
