import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { expectProblem, get, requireBody, send } from '../support/http.js';
import { uniqueWord } from '../support/unique.js';

const XML = 'application/xml';

describe('a client that uses XML', () => {
  const name = `${uniqueWord()} & <Söhne>`;
  const escaped = name.replace('&', '&amp;').replace('<', '&lt;');
  let token: string;
  let path: string;

  beforeAll(async () => {
    ({ token } = await Editor.signIn());
  });

  const sendXml = async (method: string, url: string, body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(new URL(url, config.edgeUrl), {
      method,
      headers: { authorization: `Bearer ${token}`, accept: XML, 'content-type': XML, ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const toDocument = (content: string): string => `<?xml version="1.0"?>\n<NewTitle>${content}</NewTitle>`;

  it('creates a title from XML, and reads the same values as JSON', async () => {
    const created = await sendXml(
      'POST',
      '/v1/titles',
      toDocument(`<kind>film</kind><name>${escaped}</name><releaseYear>1926</releaseYear>
        <genres><i>Drama</i></genres><credits><i><name>F. W. Murnau</name><role>director</role></i></credits>`),
    );
    expect(created).toMatchObject({
      status: 201,
      text: expect.stringContaining(`<name>${escaped.replace('>', '&gt;')}</name>`),
    });
    expect(created.headers.get('content-type')).toMatch(/^application\/xml/);
    path = created.headers.get('location') ?? '';
    expect(requireBody(await get<Schema<'TitleDetails'>>(path, { token }), 200)).toMatchObject({
      name,
      releaseYear: 1926,
      genres: ['Drama'],
      credits: [{ name: 'F. W. Murnau', role: 'director' }],
    });
  });

  it('reads and replaces a title with the entity tag of either format', async () => {
    for (const accept of [XML, 'application/json']) {
      const read = await send('GET', path, { headers: { accept } });
      expect([read.status, read.headers.get('content-type')]).toEqual([200, expect.stringContaining(accept)]);
      expect(read.text).toContain(accept === XML ? '<i>Drama</i>' : '"genres":["Drama"]');
      const replaced = await sendXml(
        'PUT',
        path,
        toDocument(`<kind>film</kind><name>${escaped} ${accept}</name><genres><i>Drama</i></genres>`),
        { 'if-match': read.headers.get('etag') ?? '' },
      );
      expect(replaced).toMatchObject({ status: 200, text: expect.stringContaining(accept) });
    }
  });

  it('receives problems as XML with the same invalid fields as in JSON', async () => {
    const invalid = await sendXml(
      'POST',
      '/v1/titles',
      toDocument('<kind>film</kind><genres><i/></genres><year>1</year>'),
    );
    expect([invalid.status, invalid.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+xml'),
    ]);
    const paths = [...invalid.text.matchAll(/<path>(.*?)<\/path>/g)].map(([, field]) => field);
    const body = { kind: 'film', genres: [''], year: '1' };
    const { errors } = expectProblem(await send('POST', '/v1/titles', { token, body }), 400, 'REQUEST_INVALID');
    expect(paths).toEqual(errors?.map((error) => error.path));
  });

  it('rejects XML that declares entities', async () => {
    const attack =
      '<!DOCTYPE NewTitle [<!ENTITY file SYSTEM "file:///etc/passwd">]><NewTitle><name>&file;</name></NewTitle>';
    const { status, text } = await sendXml('POST', '/v1/titles', attack);
    expect([status, text]).toEqual([400, expect.stringContaining('must not contain a document type')]);
  });

  it('receives 406 for an unavailable media type, and 415 with Accept-Patch for a patch in XML', async () => {
    expectProblem(await get(path, { token, headers: { accept: 'text/csv' } }), 406, 'NOT_ACCEPTABLE');
    const patched = await sendXml('PATCH', path, '<TitlePatch/>', { 'if-match': '*' });
    expect([patched.status, patched.headers.get('accept-patch')]).toEqual([415, 'application/merge-patch+json']);
  });
});
