import { createApiClient } from './index.js';

describe('the media type of request bodies', () => {
  it('sends PATCH as JSON Merge Patch, and other bodies as JSON', async () => {
    const sent: (string | null)[] = [];
    const client = createApiClient({
      baseUrl: 'http://edge',
      fetch: ({ headers }) => {
        sent.push(headers.get('content-type'));
        return Promise.resolve(Response.json({}));
      },
    });
    await client.PATCH('/v1/profiles/{id}', { params: { path: { id: 'x' } }, body: { name: 'Bo' } });
    await client.POST('/v1/profiles', { body: { name: 'Bo' } });
    expect(sent).toEqual(['application/merge-patch+json', 'application/json']);
  });
});
