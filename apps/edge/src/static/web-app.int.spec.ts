import { request } from 'node:http';
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
    'answers %s with the page, never from a cache unasked',
    async (path) => {
      const answer = await get(path);
      expect([answer.status, await answer.text()]).toEqual([200, INDEX_HTML]);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-type')).toContain('text/html');
    },
  );

  it('answers hashed files for ever', async () => {
    const answer = await get('/assets/app-5f3c.js', '*/*');
    expect([answer.status, await answer.text()]).toEqual([200, SCRIPT]);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const etag = answer.headers.get('etag') ?? '';
    const again = await edge.fetch('/assets/app-5f3c.js', {
      token: null,
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it.each(['/assets/gone.js', '/favicon.ico', '/v1', '/v1/', '/v1/titles/5/reviews', '/.env'])(
    'has no %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    },
  );

  it.each([
    '/../../etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%2e%2e/%2e%2e/x',
    '/a%00b',
    '/x%5C%C2%98b',
  ])('does not leave its folder for %s', async (path) => {
    // Not fetch: it would tidy the path up before it sends it.
    const status = await new Promise((resolve, reject) => {
      request(new URL(edge.url), { path }, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  });

  it('lets pages load only what is ours, media from where they are', async () => {
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
    expect((await get('/')).headers.get('x-content-type-options')).toBe('nosniff');
  });
});
