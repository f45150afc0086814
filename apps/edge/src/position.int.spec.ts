import { Metadata } from '@grpc/grpc-js';
import { titleMessage } from './testing/messages.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

const POSITION = '00000016B374D848';

describe('the header Viernes-Position', () => {
  let edge: TestEdge;
  /** The position in the metadata of each call. */
  let received: (string | undefined)[];
  const title = titleMessage({ revision: 7 });
  const path = `/v1/titles/${title.id}`;

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    received = [];
    const record = ({ metadata }: { metadata: Metadata }) =>
      received.push(metadata.get('viernes-position')[0]?.toString());
    edge.catalog.handlers = {
      getTitle: (_, call) => {
        record(call);
        return { title };
      },
      listRelatedTitles: (_, call) => {
        record(call);
        return { titles: [] };
      },
      listTitleFacets: (_, call) => {
        record(call);
        const noValues = {
          kinds: [],
          genres: [],
          countries: [],
          languages: [],
          maximumAges: [],
          decades: [],
          playable: [],
        };
        return { total: 0, isLowerBound: false, ...noValues };
      },
      deleteTitle: (_, call) => {
        record(call);
        const metadata = new Metadata();
        metadata.set('viernes-position', POSITION);
        call.sendMetadata(metadata);
        return {};
      },
    };
  });

  it('sends no position to the service for a client that does not send one', async () => {
    expect((await edge.fetch(path)).headers.get('viernes-position')).toBeNull();
    expect(received).toEqual([undefined]);
  });

  it('forwards the position of reads to the service', async () => {
    for (const read of [path, `${path}/related`, '/v1/title-facets']) {
      expect((await edge.fetch(read, { headers: { 'viernes-position': POSITION } })).status).toBe(200);
    }
    expect(received).toEqual([POSITION, POSITION, POSITION]);
  });

  it('requests the latest data for a response that the cache stores, even if the client sends a position', async () => {
    expect((await edge.fetch(path, { token: null, headers: { 'viernes-position': POSITION } })).status).toBe(200);
    expect(received).toEqual(['latest']);
  });

  it('returns the position of a write, which reads the latest data', async () => {
    const response = await edge.fetch(path, { method: 'DELETE', headers: { 'if-match': '*' } });
    expect(response.headers.get('viernes-position')).toBe(POSITION);
    expect(received).toEqual(['latest', 'latest']);
  });

  it.each(['latest', '16/B374D848', '00000016b374d848', `${POSITION}, ${POSITION}`, ''])(
    'rejects the position %j, also for a cached response',
    async (position) => {
      for (const token of [undefined, null]) {
        const headers = { 'viernes-position': position };
        const response = await edge.fetch(path, { headers, ...(token === null && { token }) });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ code: 'POSITION_INVALID' });
      }
      expect(received).toEqual([]);
    },
  );
});
