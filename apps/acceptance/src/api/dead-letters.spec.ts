import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { requireBody, expectProblem, get, post, send } from '../support/http.js';
import { Viewer } from '../support/viewer.js';

const SERVICES = ['catalog', 'user', 'video'];

describe('dead letters', () => {
  let admin: Editor;
  let editor: Editor;
  let viewer: Viewer;

  beforeAll(async () => {
    [admin, editor, viewer] = await Promise.all([
      Editor.signIn(config.edgeUrl, config.adminEmail),
      Editor.signIn(),
      Viewer.signUp(),
    ]);
  });

  it.each(SERVICES)('only admins can read and change the dead letters of %s', async (service) => {
    const letter = `/v1/dead-letters/${service}/${randomUUID()}`;
    for (const { token } of [editor, viewer]) {
      expectProblem(await get(`/v1/dead-letters?service=${service}`, { token }), 403, 'FORBIDDEN');
      expectProblem(await get(letter, { token }), 403, 'FORBIDDEN');
      expectProblem(await post(`${letter}/redrive`, undefined, { token }), 403, 'FORBIDDEN');
      expectProblem(await send('DELETE', letter, { token }), 403, 'FORBIDDEN');
    }
    expectProblem(await get(letter), 401, 'UNAUTHENTICATED');
  });

  it.each(SERVICES)('lists the parked dead letters of %s', async (service) => {
    const path = `/v1/dead-letters?service=${service}&state=parked`;
    const { deadLetters } = requireBody(await get<Schema<'DeadLetterPage'>>(path, { token: admin.token }), 200);
    expect(deadLetters.every((letter) => letter.service === service && letter.state === 'parked')).toBe(true);
  });

  it.each(SERVICES)('returns 404 when an unknown dead letter of %s is read, redriven, or dropped', async (service) => {
    const path = `/v1/dead-letters/${service}/${randomUUID()}`;
    const { token } = admin;
    expectProblem(await get(path, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
    expectProblem(await post(`${path}/redrive`, undefined, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
    expectProblem(await send('DELETE', path, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
  });

  it('returns 400 for dead letters of a service that stores none, and without a service', async () => {
    const { token } = admin;
    expectProblem(await get('/v1/dead-letters?service=transcoder', { token }), 400, 'REQUEST_INVALID');
    expectProblem(await get('/v1/dead-letters', { token }), 400, 'REQUEST_INVALID');
  });
});
