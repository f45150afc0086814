import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedMessage {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookReceiver {
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  /** In the order of arrival. */
  readonly messages: ReceivedMessage[];
  /** Responds to the next requests, one after the other. The default is 204. */
  readonly responses: ((response: ServerResponse) => void)[];
  readonly close: () => void;
}

/** Starts an HTTP server that records the webhooks that it receives. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const messages: ReceivedMessage[] = [];
  const responses: ((response: ServerResponse) => void)[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      messages.push({ path: request.url ?? '', headers: request.headers, body });
      const respond = responses.shift();
      if (respond) respond(response);
      else response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, messages, responses, close };
}

/** Returns a handler that responds with this status and a body of 10,000 bytes. */
export function respondWith(status: number, headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse): void => void response.writeHead(status, headers).end('x'.repeat(10_000));
}
