import { createApiClient } from './index.js';

describe('the client of the API', () => {
  it('sends the highest position that it has received with its next requests', async () => {
    const sent: (string | null)[] = [];
    const returned = ['', '0000000000000002', '0000000000000001', '0000000100000000'];
    const client = createApiClient({
      baseUrl: 'http://edge',
      fetch: ({ headers }) => {
        sent.push(headers.get('viernes-position'));
        const position = returned.shift() ?? '';
        return Promise.resolve(Response.json({}, position === '' ? {} : { headers: { 'viernes-position': position } }));
      },
    });
    for (let count = 0; count < 5; count += 1) await client.GET('/v1/home');
    expect(sent).toEqual([null, null, '0000000000000002', '0000000000000002', '0000000100000000']);
  });
});
