import { startEdge, type TestEdge } from './start-edge.js';

type CatalogHandlers = TestEdge['catalog']['handlers'];

/**
 * Starts an edge for the tests of a file. Its catalog records the requests of one method.
 *
 * @param toHandlers returns the handlers, which call `record` with each request
 */
export function useCatalogEdge<Request>(toHandlers: (record: (request: Request) => void) => CatalogHandlers) {
  const requests: Request[] = [];
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    requests.length = 0;
    edge.catalog.handlers = toHandlers((request) => requests.push(request));
  });
  return { requests, get: (path: string): Promise<Response> => fetch(edge.url + path) };
}
