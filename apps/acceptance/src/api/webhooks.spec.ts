import { createHmac } from 'node:crypto';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { apiClient, call, expectProblem, post, requireBody, send } from '../support/http.js';
import { unique } from '../support/unique.js';
import { shortVideo, toVideoFile } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';
import { startWebhookReceiver, type WebhookMessage, type WebhookReceiver } from '../support/webhook-receiver.js';

interface Message {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

describe('webhooks', () => {
  let editor: Editor;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    [editor, receiver] = await Promise.all([Editor.signIn(), startWebhookReceiver()]);
  });
  afterAll(() => receiver?.close());

  const isSigned = ({ headers, body }: WebhookMessage, secret: string): boolean => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  };
  /** Waits for the message about a title. Other tests publish titles, too. */
  const receive = async (type: string, titleId: string): Promise<WebhookMessage> => {
    const find = ({ body }: WebhookMessage): boolean => {
      const message = JSON.parse(body) as Message;
      return message.type === type && message.data['titleId'] === titleId;
    };
    const [message] = await eventually(
      async () => receiver.messages.filter(find),
      ({ length }) => length > 0,
    );
    if (!message) throw new Error(`no message of the type ${type}`);
    return message;
  };

  it('sends signed messages about a published title and a failed video, which can be sent again', async () => {
    const api = apiClient(editor.token);
    const body = { url: receiver.url, eventTypes: ['title.published' as const, 'asset.failed' as const] };
    const { webhook, secret } = requireBody(await call(api.POST('/v1/webhooks', { body })), 201);
    const published = await editor.createReadyTitle(unique('Announced'), await shortVideo());
    const announced = await receive('title.published', published.id);
    expect(isSigned(announced, secret)).toBe(true);
    expect(JSON.parse(announced.body)).toMatchObject({ data: { episodeId: null, assetId: published.assetId } });

    const failing = await editor.createTitle(unique('Failing'));
    const asset = await editor.uploadFile(failing.id, toVideoFile('text.mp4', Buffer.from('This is not a video.')));
    const failed = await receive('asset.failed', failing.id);
    expect(isSigned(failed, secret)).toBe(true);
    expect(JSON.parse(failed.body)).toMatchObject({ data: { assetId: asset.id, failureCode: 'SOURCE_UNREADABLE' } });

    const deliveryId = String(failed.headers['webhook-id']);
    const path = { id: webhook.id, deliveryId };
    const redelivery = api.POST('/v1/webhooks/{id}/deliveries/{deliveryId}/redelivery', { params: { path } });
    requireBody(await call(redelivery), 202);
    const isRepeated = ({ headers }: WebhookMessage): boolean => headers['webhook-id'] === deliveryId;
    await eventually(
      async () => receiver.messages.filter(isRepeated).length,
      (count) => count === 2,
    );
    requireBody(await send('DELETE', `/v1/webhooks/${webhook.id}`, { token: editor.token }), 204);
  });

  it('rejects webhooks with private addresses, and webhooks of viewers', async () => {
    const { token } = await Viewer.signUp();
    const body = { url: 'https://10.0.0.1/', eventTypes: ['title.published'] };
    expectProblem(await post('/v1/webhooks', body, { token: editor.token }), 400, 'REQUEST_INVALID');
    expectProblem(await post('/v1/webhooks', body, { token }), 403, 'FORBIDDEN');
  });
});
