// The minimum that an HTTP server in Node.js can do. Runs in a separate process, as the edge does. The parent sends the
// response and receives the port.
import { createServer } from 'node:http';

export interface BaselineResponse {
  readonly contentType: string;
  readonly body: string;
}

process.once('message', ({ contentType, body }: BaselineResponse) => {
  const bytes = Buffer.from(body);
  const headers = { 'content-type': contentType, 'content-length': bytes.length };
  const server = createServer((_request, response) => {
    response.writeHead(200, headers).end(bytes);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : undefined);
  });
});
process.once('disconnect', () => process.exit(0));
