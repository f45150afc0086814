import { randomUUID } from 'node:crypto';
import { Editor } from '../support/editor.js';
import { bodyOf, expectProblem, get, post, send } from '../support/http.js';
import { Viewer } from '../support/viewer.js';

interface DeadLetterPage {
  readonly deadLetters: readonly { readonly id: string; readonly service: string; readonly state: string }[];
  readonly nextCursor: string | null;
}

const SERVICES = ['catalog', 'user', 'video'];

describe('dead letters', () => {
  let editor: Editor;
  let viewer: Viewer;

  beforeAll(async () => {
    [editor, viewer] = await Promise.all([Editor.signIn(), Viewer.signUp()]);
  });

  it.each(SERVICES)('of %s are told to editors, and to nobody else', async (service) => {
    const path = `/v1/dead-letters?service=${service}&state=parked`;
    const { deadLetters } = bodyOf(await get<DeadLetterPage>(path, { token: editor.token }), 200);
    expect(deadLetters.every((letter) => letter.service === service && letter.state === 'parked')).toBe(true);
    expectProblem(await get(path, { token: viewer.token }), 403, 'FORBIDDEN');
    expectProblem(await get(path), 401, 'UNAUTHENTICATED');
  });

  it.each(SERVICES)('of %s that do not exist are not found, whatever is to become of them', async (service) => {
    const path = `/v1/dead-letters/${service}/${randomUUID()}`;
    const { token } = editor;
    expectProblem(await get(path, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
    expectProblem(await post(`${path}/redrive`, undefined, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
    expectProblem(await send('DELETE', path, { token }), 404, 'DEAD_LETTER_NOT_FOUND');
    expectProblem(await send('DELETE', path, { token: viewer.token }), 403, 'FORBIDDEN');
  });

  it('are not kept by others', async () => {
    const { token } = editor;
    expectProblem(await get('/v1/dead-letters?service=transcoder', { token }), 400, 'REQUEST_INVALID');
    expectProblem(await get('/v1/dead-letters', { token }), 400, 'REQUEST_INVALID');
  });
});
