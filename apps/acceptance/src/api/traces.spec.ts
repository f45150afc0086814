import { randomBytes } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { apiClient, call, expectProblem, get, requireBody, send } from '../support/http.js';
import { unique } from '../support/unique.js';
import { shortVideo } from '../support/video-files.js';

type Span = Schema<'Span'>;

const newId = (bytes: number): string => randomBytes(bytes).toString('hex');

function sampled(traceId: string): { readonly traceparent: string } {
  return { traceparent: `00-${traceId}-${newId(8)}-01` };
}

describe('traces', () => {
  let editor: Editor;
  let admin: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn();
    admin = await Editor.signIn(config.edgeUrl, config.adminEmail);
  });

  async function spansOf(traceId: string): Promise<readonly Span[]> {
    const response = await get<Schema<'DebugTrace'>>(`/v1/debug/traces/${traceId}`, { token: admin.token });
    return response.status === 404 ? [] : requireBody(response, 200).spans;
  }

  /** Waits until a span with each of the names is known, and returns them in this order. */
  async function findSpans(traceId: string, ...names: readonly RegExp[]): Promise<Span[]> {
    const found = await eventually(
      async () => {
        const spans = await spansOf(traceId);
        return names.map((name) => spans.find((span) => name.test(`${span.service} ${span.kind} ${span.name}`)));
      },
      (spans) => !spans.includes(undefined),
      { what: `trace ${traceId} has spans ${names.join(' ')}` },
    );
    return found.filter((span) => span !== undefined);
  }

  it('shows an admin the path of a request from the edge to the database', async () => {
    const traceId = newId(16);
    const headers = sampled(traceId);
    const response = await get('/v1/titles?pageSize=1', { token: editor.token, headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-trace-id')).toBe(traceId);

    const [edge, client, server, statement] = await findSpans(
      traceId,
      /server GET \/v1\/titles$/,
      /client .*CatalogService\/ListTitles$/,
      /server .*CatalogService\/ListTitles$/,
      /client postgresql /,
    );
    expect(edge).toMatchObject({ error: null, attributes: { 'http.response.status_code': 200 } });
    expect(edge?.parentSpanId).toBe(headers.traceparent.split('-')[2]);
    expect(client?.parentSpanId).toBe(edge?.spanId);
    expect(server?.parentSpanId).toBe(client?.spanId);
    expect(statement?.attributes['db.system.name']).toBe('postgresql');
  });

  it('shows one trace from the completion of an upload to ffmpeg in the transcoder', async () => {
    const video = await shortVideo();
    const { id: titleId } = await editor.createTitle(unique('Traced'));
    const upload = await editor.startUpload(titleId, video);
    await editor.sendParts(upload, video, [1]);
    const traceId = newId(16);
    const headers = sampled(traceId);
    const response = await send('POST', `/v1/uploads/${upload.id}/complete`, { token: editor.token, headers });
    expect(response.status).toBe(200);

    const [, , rendition, ffmpeg] = await findSpans(
      traceId,
      /server POST \/v1\/uploads\/:id\/complete$/,
      /consumer transcode probe$/,
      /consumer transcode video$/,
      /transcoder internal ffmpeg$/,
    );
    expect(rendition).toMatchObject({ error: null, attributes: { 'viernes.job.outcome': 'completed' } });
    expect(ffmpeg).toMatchObject({ error: null, attributes: { 'process.exit.code': 0 } });
  });

  it('returns 404 TRACE_NOT_FOUND for a request that is not sampled, and 403 to an editor', async () => {
    const traceId = newId(16);
    const traceparent = `00-${traceId}-${newId(8)}-00`;
    await call(apiClient().GET('/v1/home', { headers: { traceparent } }));
    expectProblem(await get(`/v1/debug/traces/${traceId}`, { token: admin.token }), 404, 'TRACE_NOT_FOUND');
    expectProblem(await get(`/v1/debug/traces/${traceId}`, { token: editor.token }), 403, 'FORBIDDEN');
  });
});
