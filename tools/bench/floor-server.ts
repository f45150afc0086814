// The least that an HTTP server in Node can do: its parent sends a body, it answers every request with it, and says on
// which port. A process of its own, as the edge is.
import { createServer } from 'node:http';

export interface FloorAnswer {
  readonly contentType: string;
  readonly body: string;
}

process.once('message', ({ contentType, body }: FloorAnswer) => {
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
