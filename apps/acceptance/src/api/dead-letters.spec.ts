import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { requireBody, expectProblem, get, post, send } from '../support/http.js';
import { Viewer } from '../support/viewer.js';

const SERVICES = ['catalog', 'user', 'video'];

describe('dead letters', () => {
  let editor: Editor;
  let viewer: Viewer;

  beforeAll(async () => {
    [editor, viewer] = await Promise.all([Editor.signIn(), Viewer.signUp()]);
  });

  it.each(SERVICES)('lists the parked dead letters of %s for editors only', async (service) => {
    const path = `/v1/dead-letters?service=${service}&state=parked`;
    const { deadLetters } = requireBody(await get<Schema<'DeadLetterPage'>>(path, { token: editor.token }), 200);
    expect(deadLetters.every((letter) => letter.service === service && letter.state === 'parked')).toBe(true);
    expectProblem(await get(path, { token: viewer.token }), 403, 'FORBIDDEN');
    expectProblem(await get(path), 401, 'UNAUTHENTICATED');
  });

  it.each(SERVICES)('returns 404 when a dead letter of %s to read, redrive or drop is unknown', async (service) => {
    const path = `/v1/dead-letters/${service}/${randomUUID()}`;
    const { token } = editor;
    expectProblem(await get(path, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
    expectProblem(await post(`${path}/redrive`, undefined, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
    expectProblem(await send('DELETE', path, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
    expectProblem(await send('DELETE', path, { token: viewer.token }), 403, 'FORBIDDEN');
  });

  it('returns 400 for dead letters of a service that stores none, and without a service', async () => {
    const { token } = editor;
    expectProblem(await get('/v1/dead-letters?service=transcoder', { token }), 400, 'REQUEST_INVALID');
    expectProblem(await get('/v1/dead-letters', { token }), 400, 'REQUEST_INVALID');
  });
});
