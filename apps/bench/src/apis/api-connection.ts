import { once } from 'node:events';
import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { connect, type ClientHttp2Session } from 'node:http2';
import { connect as connectTcp, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import {
  fromGrpcResponse,
  fromJson,
  fromProtobuf,
  fromSoapResponse,
  PAGE_SIZE,
  toGrpcRequest,
  toProtobuf,
  toSoapRequest,
  type Content,
  type Read,
} from './bodies.js';

/** A connection with one read in progress. */
export interface ApiConnection {
  /** @returns the content of the response. @throws Error if the response is not successful */
  read(): Promise<() => Content>;
  /** Bytes that the connections have sent and received. */
  bytes(): number;
  close(): void;
}

interface Target {
  readonly edgeUrl: string;
  readonly grpcUrl: string;
  readonly read: Read;
  /** The ID of a title. */
  readonly id: string;
}

/** The APIs by the names of their rows. */
export const APIS = {
  rest: ({ edgeUrl, read, id }: Target) => {
    const path = read === 'title' ? `/v1/titles/${id}` : `/v1/titles?pageSize=${PAGE_SIZE}`;
    return overHttp(edgeUrl, path, {}, undefined, (body) => fromJson(read, JSON.parse(body.toString())));
  },
  soap: ({ edgeUrl, read, id }: Target) => {
    const headers = { 'content-type': 'application/soap+xml' };
    return overHttp(edgeUrl, '/soap/catalog', headers, toSoapRequest(read, id), (body) =>
      fromSoapResponse(body.toString()),
    );
  },
  connect: ({ edgeUrl, read, id }: Target) => {
    const path = `/viernes.edge.v1.TitleService/${METHODS[read]}`;
    const headers = { 'content-type': 'application/proto', 'connect-protocol-version': '1' };
    return overHttp(edgeUrl, path, headers, toProtobuf(read, id), (body) => fromProtobuf(read, body));
  },
  grpc: overGrpc,
  websocket: overWebSocket,
} as const;

const METHODS = { title: 'GetTitle', list: 'ListTitles' } as const;

/** The edge closes connections at a maximum age. Node's agent opens the next one. */
function overHttp(
  origin: string,
  path: string,
  headers: OutgoingHttpHeaders,
  body: string | Uint8Array | undefined,
  parse: (body: Buffer) => Content,
): ApiConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<Socket>();
  const url = new URL(path, origin);
  const method = body === undefined ? 'GET' : 'POST';
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return {
    read: () =>
      new Promise((resolve, reject) => {
        const sent = httpRequest(url, { agent, method, headers: { ...headers, ...length } }, (response) => {
          sockets.add(response.socket);
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            if (response.statusCode === 200) resolve(() => parse(Buffer.concat(chunks)));
            else reject(new Error(`${path}: ${response.statusCode}`));
          });
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    bytes: () => countBytes(sockets),
    close: () => agent.destroy(),
  };
}

function overGrpc({ grpcUrl, read, id }: Target): ApiConnection {
  const body = toGrpcRequest(read, id);
  const headers = {
    ':method': 'POST',
    ':path': `/viernes.edge.v1.TitleService/${METHODS[read]}`,
    'content-type': 'application/grpc',
    te: 'trailers',
  };
  const sockets: Socket[] = [];
  let session: ClientHttp2Session | undefined;
  const open = (): ClientHttp2Session => {
    if (session && !session.closed && !session.destroyed) return session;
    const socket = connectTo(grpcUrl, sockets);
    session = connect(grpcUrl, { createConnection: () => socket });
    session.on('error', () => undefined);
    return session;
  };
  const call = async (): Promise<() => Content> => {
    const stream = open().request(headers);
    const chunks: Buffer[] = [];
    let status: unknown;
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('trailers', (received) => (status = received['grpc-status']));
    stream.end(body);
    await once(stream, 'close');
    if (status !== '0') throw new Error(`gRPC: status ${String(status)}`);
    return () => fromGrpcResponse(read, Buffer.concat(chunks));
  };
  return {
    // A GOAWAY frame can arrive while a call is sent. gRPC clients repeat such a call.
    read: () => call().catch(call),
    bytes: () => countBytes(sockets),
    close: () => session?.destroy(),
  };
}

function overWebSocket({ edgeUrl, read, id }: Target): ApiConnection {
  const url = `${edgeUrl.replace('http', 'ws')}/v1/rpc`;
  const params = read === 'title' ? { id } : { pageSize: PAGE_SIZE };
  const message = JSON.stringify({ id: '1', method: read === 'title' ? 'getTitle' : 'listTitles', params });
  const sockets: Socket[] = [];
  const socket = new WebSocket(url, { createConnection: () => connectTo(edgeUrl, sockets) });
  const opened = once(socket, 'open');
  return {
    read: async () => {
      await opened;
      socket.send(message);
      const [data] = (await once(socket, 'message')) as [Buffer];
      return () => {
        const { type, result } = JSON.parse(data.toString()) as { readonly type: string; readonly result: unknown };
        if (type !== 'result') throw new Error(`WebSocket: ${data.toString()}`);
        return fromJson(read, result);
      };
    },
    bytes: () => countBytes(sockets),
    close: () => socket.terminate(),
  };
}

function connectTo(url: string, sockets: Socket[]): Socket {
  const { hostname, port } = new URL(url);
  const socket = connectTcp({ host: hostname, port: Number(port), noDelay: true });
  sockets.push(socket);
  return socket;
}

function countBytes(sockets: Iterable<Socket>): number {
  return [...sockets].reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, 0);
}
