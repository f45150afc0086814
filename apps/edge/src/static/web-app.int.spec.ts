import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync } from 'node:zlib';
import { CodedError } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { INDEX_HTML, SCRIPT, startEdge, type TestEdge } from '../testing/start-edge.js';

describe('the web app', () => {
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge({ MEDIA_ORIGINS: 'http://media.test:9000/' });
  });
  afterAll(() => edge.stop());

  const get = (path: string, accept = 'text/html,*/*'): Promise<Response> =>
    edge.fetch(path, { token: null, headers: { accept } });

  it.each(['/', '/index.html', '/titles/5', '/assets'])(
    'returns the page for %s, which browsers must revalidate',
    async (path) => {
      const response = await get(path);
      expect([response.status, await response.text()]).toEqual([200, INDEX_HTML]);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('content-type')).toContain('text/html');
    },
  );

  it('returns hashed files with an immutable cache policy', async () => {
    const response = await get('/assets/app-5f3c.js', '*/*');
    expect([response.status, await response.text()]).toEqual([200, SCRIPT]);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const etag = response.headers.get('etag') ?? '';
    const again = await edge.fetch('/assets/app-5f3c.js', {
      token: null,
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it('preloads data only for the home page, and only if no user is signed in', async () => {
    expect((await get('/')).headers.get('link')).toBe('</v1/home>; rel=preload; as=fetch; crossorigin=anonymous');
    expect((await get('/titles/5')).headers.has('link')).toBe(false);
    const signedIn = await edge.fetch('/', {
      token: null,
      headers: { accept: 'text/html', cookie: 'viernes_session=e30' },
    });
    expect([signedIn.status, signedIn.headers.has('link')]).toEqual([200, false]);
  });

  describe('link previews', () => {
    const person = { id: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10', name: 'Fritz Lang', slug: 'fritz-lang' };

    it.each(['text/html', '*/*'])('the page of a title has its metadata for clients that accept %s', async (accept) => {
      edge.catalog.handlers = { getTitle: () => ({ title: titleMessage({ name: 'M <1931>', slug: 'm-1931' }) }) };
      const response = await get('/titles/m-1931', accept);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const html = await response.text();
      expect(html).toContain('<meta property="og:title" content="M &lt;1931&gt;');
      expect(html).toContain(`<meta property="og:url" content="${edge.url}/titles/m-1931" />`);
    });

    it('the page of a person has its metadata', async () => {
      edge.catalog.handlers = { getPerson: () => ({ person: { ...person, roles: [1], titleCount: 2, revision: 1 } }) };
      const html = await (await get('/people/fritz-lang')).text();
      expect(html).toContain('<title>Fritz Lang · Viernes</title>');
      expect(html).toContain('<meta name="description" content="Director, 2 titles" />');
    });

    it('the page of a person has its metadata in the language of the client', async () => {
      edge.catalog.handlers = { getPerson: () => ({ person: { ...person, roles: [1], titleCount: 2, revision: 1 } }) };
      const headers = { accept: 'text/html', 'accept-language': 'es-MX' };
      const response = await edge.fetch('/people/fritz-lang', { token: null, headers });
      expect(response.headers.get('content-language')).toBe('es');
      expect(response.headers.get('vary')).toContain('Accept-Language');
      expect(await response.text()).toContain('<meta name="description" content="Dirección y 2 títulos" />');
    });

    it('the metadata is read once for several requests', async () => {
      let calls = 0;
      const getTitle = () => {
        calls += 1;
        return { title: titleMessage() };
      };
      edge.catalog.handlers = { getTitle };
      await get('/titles/read-once');
      await get('/titles/read-once');
      expect(calls).toBe(1);
    });

    it.each([
      ['there is no such title', () => Promise.reject(new CodedError('TITLE_NOT_FOUND'))],
      ['the catalog is unavailable', () => Promise.reject(new CodedError('DEPENDENCY_UNAVAILABLE'))],
      ['the catalog does not respond', () => new Promise<never>(() => undefined)],
    ])('returns the page without metadata if %s', async (reason, getTitle) => {
      edge.catalog.handlers = { getTitle };
      const response = await get(`/titles/${reason.replaceAll(' ', '-')}`);
      expect([response.status, await response.text()]).toEqual([200, INDEX_HTML]);
    });
  });

  describe('with a compressed file of the build', () => {
    const path = '/assets/app-5f3c.js';
    /** Unlike fetch, does not decode the body. */
    const send = async (headers: Record<string, string>, method = 'GET') => {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request(edge.url + path, { method, headers }, resolve)
          .on('error', reject)
          .end();
      });
      return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
    };
    const ENCODED = brotliCompressSync(SCRIPT);

    it('returns the compressed file to clients that accept the encoding', async () => {
      const { headers, body } = await send({ 'accept-encoding': 'gzip, br' });
      expect(body).toEqual(ENCODED);
      expect(headers).toMatchObject({
        'content-encoding': 'br',
        vary: 'accept-encoding',
        'content-type': expect.stringContaining('javascript'),
        'cache-control': 'public, max-age=31536000, immutable',
      });
    });

    it.each(['gzip', 'identity', 'br;q=0'])('returns the original file for Accept-Encoding: %s', async (accepted) => {
      const { headers, body } = await send({ 'accept-encoding': accepted });
      expect(body.toString()).toBe(SCRIPT);
      expect(headers).toMatchObject({ vary: 'accept-encoding' });
      expect(headers).not.toHaveProperty('content-encoding');
    });

    it('the compressed file has a separate entity tag, and supports HEAD, conditions and ranges', async () => {
      const accepting = { 'accept-encoding': 'br' };
      const plain = await send({});
      const encoded = await send(accepting);
      const etag = encoded.headers.etag ?? '';
      expect(etag).not.toBe(plain.headers.etag);
      const head = await send(accepting, 'HEAD');
      expect(head.body).toHaveLength(0);
      expect(head.headers).toMatchObject({ etag, 'content-length': String(ENCODED.length) });
      expect(await send({ ...accepting, 'if-none-match': etag })).toMatchObject({ status: 304 });
      const range = await send({ range: 'bytes=0-5' });
      expect([range.status, range.body.toString()]).toEqual([206, SCRIPT.slice(0, 6)]);
    });
  });

  it.each(['/assets/gone.js', '/favicon.ico', '/v1', '/v1/', '/v1/titles/5/reviews', '/v2/titles', '/.env'])(
    'returns 404 for %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    },
  );

  it.each([
    '/../../etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%2e%2e/%2e%2e/x',
    '/a%00b',
    '/x%5C%C2%98b',
    '/assets//etc/passwd',
  ])('returns 404 for %s, which is not a path in the folder of the web app', async (path) => {
    // fetch would normalize the path.
    const status = await new Promise((resolve, reject) => {
      request(new URL(edge.url), { path }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  });

  it('allows scripts of this origin only, and media of object storage', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    const directives = new Map(
      policy.split(';').map((text) => [text.split(' ')[0], text.split(' ').slice(1).join(' ')]),
    );
    expect(Object.fromEntries(directives)).toMatchObject({
      'script-src': "'self'",
      'connect-src': "'self' blob: http://media.test:9000",
      'media-src': "'self' blob: http://media.test:9000",
      'worker-src': "'self' blob:",
      'frame-ancestors': "'none'",
    });
    expect(policy).not.toContain('upgrade-insecure-requests');
  });

  it.each([
    ['a page', '/', 200],
    ['a file', '/assets/app-5f3c.js', 200],
    ['an operation that rejects the caller', '/v1/profiles', 401],
    ['an unknown path', '/v1/nothing', 404],
  ])('sends the security headers with %s', async (_case, path, status) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-dns-prefetch-control': 'off',
      'x-download-options': 'noopen',
      'x-frame-options': 'DENY',
      'x-permitted-cross-domain-policies': 'none',
      'x-xss-protection': '0',
    });
  });
});
