import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { catalogV1, CodedError } from '@viernes/contracts';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from '../testing/client-address.js';
import { titleMessage, titlePageMessage } from '../testing/messages.js';
import { toPlans } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const SOAP_11 = { uri: 'http://schemas.xmlsoap.org/soap/envelope/', type: 'text/xml', codes: ['Client', 'Server'] };
const SOAP_12 = {
  uri: 'http://www.w3.org/2003/05/soap-envelope',
  type: 'application/soap+xml',
  codes: ['Sender', 'Receiver'],
};
const NIL = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';
const film = titleMessage({ name: 'Tom & Jerry', releaseYear: 1927, genres: ['Drama', 'War'] });

describe.each([
  ['1.1', SOAP_11, 500],
  ['1.2', SOAP_12, 400],
])('titles over SOAP %s', (_version, { uri, type, codes }, clientStatus) => {
  const requests: catalogV1.ListTitlesRequest[] = [];
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge({ ...TRUST_FORWARDED_FOR, PLANS: toPlans({ rate: 0.01, burst: 3 }) });
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    requests.length = 0;
    edge.catalog.handlers = {
      getTitle: ({ titleId }) => {
        if (titleId === film.id) return { title: film };
        throw new CodedError('TITLE_NOT_FOUND');
      },
      listTitles: (request) => {
        requests.push(request);
        return { ...titlePageMessage([film]), nextCursor: 'next' };
      },
    };
  });

  const send = async (text: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${edge.url}/soap/catalog`, {
      method: 'POST',
      headers: { 'content-type': `${type}; charset=utf-8`, ...fromRandomAddress(), ...headers },
      body: text,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const envelope = (body: string, header = ''): string =>
    `<s:Envelope xmlns:s="${uri}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
  const getTitle = (id: string): string =>
    envelope(`<c:GetTitle xmlns:c="urn:viernes:catalog:v1"><c:id>${id}</c:id></c:GetTitle>`);
  const listTitles = (content: string): string =>
    envelope(`<ListTitles xmlns="urn:viernes:catalog:v1">${content}</ListTitles>`);

  it('returns the content of the HTTP API', async () => {
    const { status, headers, text } = await send(getTitle(film.id));
    expect([status, headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
    expect(text).toContain(`<GetTitleResponse xmlns="urn:viernes:catalog:v1"`);
    expect(text).toContain('<name>Tom &amp; Jerry</name>');
    expect(text).toContain('<releaseYear>1927</releaseYear><genres><i>Drama</i><i>War</i></genres>');
    expect(text).toContain('<score xsi:nil="true"/>');
  });

  it('lists titles with the filters of the request', async () => {
    const content = `<kind>series</kind><genre><i>War</i><i>Sci-Fi</i></genre><yearFrom>1990</yearFrom><playable>true</playable>
      <sort>popularity</sort><pageSize>5</pageSize>`;
    const { text } = await send(listTitles(content));
    expect(text).toContain('<nextCursor>next</nextCursor>');
    expect(text).not.toContain('highlights');
    expect(requests).toMatchObject([
      {
        order: catalogV1.TitleOrder.TITLE_ORDER_POPULARITY,
        pageSize: 5,
        filter: {
          kind: catalogV1.TitleKind.TITLE_KIND_SERIES,
          genres: ['War', 'Sci-Fi'],
          releaseYearFrom: 1990,
          playableOnly: true,
        },
      },
    ]);
  });

  it('returns a fault with the code, HTTP status and trace ID of the error, in the language of the client', async () => {
    const traceId = randomUUID().replaceAll('-', '');
    const headers = { 'accept-language': 'es', traceparent: `00-${traceId}-${'b'.repeat(16)}-00` };
    const { status, text } = await send(getTitle(randomUUID()), headers);
    expect(status).toBe(clientStatus);
    expect(text).toContain(`soap:${codes[0]}`);
    expect(text).toContain('El título no existe');
    expect(text).toContain(`<status>404</status><code>TITLE_NOT_FOUND</code>`);
    expect(text).toContain(`<traceId>${traceId}</traceId>`);
  });

  it('returns a server fault if the catalog is unavailable', async () => {
    edge.catalog.handlers.getTitle = () => {
      throw new CodedError('DEPENDENCY_UNAVAILABLE');
    };
    const { status, text } = await send(getTitle(randomUUID()));
    expect([status, text]).toEqual([500, expect.stringContaining(`soap:${codes[1]}`)]);
  });

  it('accepts a valid access token, and rejects an invalid one', async () => {
    const { text } = await send(getTitle(film.id), { authorization: 'Bearer a.b.c' });
    expect(text).toContain('<code>UNAUTHENTICATED</code>');
    const authorization = `Bearer ${await edge.issuer.sign()}`;
    expect((await send(getTitle(film.id), { authorization })).status).toBe(200);
  });

  it('counts calls over SOAP and over the HTTP API in the same plan', async () => {
    const headers = fromRandomAddress();
    for (let count = 0; count < 3; count += 1) expect((await send(getTitle(film.id), headers)).status).toBe(200);
    const rejected = await send(getTitle(film.id), headers);
    expect(rejected.text).toContain('<status>429</status><code>RATE_LIMITED</code>');
    expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await edge.fetch('/v1/titles', { token: null, headers })).status).toBe(429);
  });

  it.each([
    ['an unknown parameter', listTitles('<page>1</page>'), 'page'],
    ['an invalid parameter', listTitles('<pageSize>many</pageSize>'), 'pageSize'],
    ['elements instead of text', listTitles('<query><a/></query>'), 'query'],
    ['a missing parameter', envelope('<GetTitle xmlns="urn:viernes:catalog:v1"/>'), 'id'],
    ['text instead of parameters', envelope('<GetTitle xmlns="urn:viernes:catalog:v1">a</GetTitle>'), 'body'],
    ['null instead of parameters', envelope(`<GetTitle xmlns="urn:viernes:catalog:v1" ${NIL}/>`), 'body'],
    ['an unknown method', envelope('<DropTitles xmlns="urn:viernes:catalog:v1"/>'), 'body'],
    ['a method of another namespace', envelope('<GetTitle><id>a</id></GetTitle>'), 'body'],
    ['an empty body', envelope(''), 'body'],
    ['text that is not XML', 'GetTitle', 'body'],
    ['a document type', `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${getTitle('&b;')}`, 'body'],
  ])('rejects a SOAP request with %s', async (_case, text, path) => {
    const response = await send(text);
    expect(response.text).toContain('<code>REQUEST_INVALID</code>');
    expect(response.text).toContain(`<path>${path}</path>`);
    expect(requests).toEqual([]);
  });

  it('rejects an unknown SOAP version, and a header that must be understood', async () => {
    const other = getTitle(film.id).replace(uri, 'http://www.w3.org/2001/06/soap-envelope');
    const mismatch = await send(other);
    expect(mismatch.text).toContain('soap:VersionMismatch');
    const header = '<a:Security xmlns:a="urn:a" s:mustUnderstand="1"/>';
    const notUnderstood = await send(envelope('<GetTitle/>', header));
    expect(notUnderstood.text).toContain('soap:MustUnderstand');
    expect([mismatch.status, notUnderstood.status]).toEqual([500, 500]);
    const optional = getTitle(film.id).replace(
      '<s:Header>',
      '<s:Header><a:Hint xmlns:a="urn:a" s:mustUnderstand="0"/>',
    );
    expect((await send(optional)).status).toBe(200);
  });

  it('rejects a SOAP request that is too large', async () => {
    const { text } = await send(getTitle('a'.repeat(17_000)));
    expect(text).toContain('<status>413</status><code>BODY_TOO_LARGE</code>');
  });

  it('rejects more SOAP parameters than a URL can have, without calling the operation', async () => {
    const { text } = await send(listTitles(`<genre>${'<i>a</i>'.repeat(1_500)}</genre>`));
    expect(text).toContain('<status>414</status><code>URL_TOO_LONG</code><instance>/soap/catalog</instance>');
    expect(requests).toEqual([]);
  });
});

describe('the WSDL of titles', () => {
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  it('describes both SOAP versions at the URL of the request', async () => {
    const response = await fetch(`${edge.url}/soap/catalog?wsdl`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    const text = await response.text();
    expect(text.match(/:address location="[^"]+"/g)).toEqual(
      Array.from({ length: 2 }, () => `:address location="${edge.url}/soap/catalog"`),
    );
    expect(await (await fetch(`${edge.url}/soap/catalog`)).text()).toContain('<code>ROUTE_NOT_FOUND</code>');
  });

  it('escapes the header Host', async () => {
    const sent = request(`${edge.url}/soap/catalog?wsdl`, { headers: { host: 'a"/><b c="' } }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect(await readText(response)).toContain('location="http://a&quot;/&gt;&lt;b c=&quot;/soap/catalog"');
  });
});
