/** A request that a browser and curl can both send. */
export interface ApiCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** If undefined, the request is a GET. */
  readonly body?: string;
}

export interface Target {
  /** Origin of the edge. */
  readonly origin: string;
  /** URL of the port for gRPC clients. */
  readonly grpcUrl: string;
  /** If empty, the commands send no credentials, and the browser sends the session cookie. */
  readonly apiKey: string;
}

/** Each API returns the same list. It is short, so that users can read it. */
const PAGE_SIZE = 2;

const SCHEME = 'Bearer';

const SOAP_LIST = [
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>',
  `<ListTitles xmlns="urn:viernes:catalog:v1"><pageSize>${PAGE_SIZE}</pageSize></ListTitles>`,
  '</s:Body></s:Envelope>',
].join('');

/** The message that calls the API over a WebSocket. */
export const SOCKET_MESSAGE = { id: '1', method: 'listTitles', params: { pageSize: PAGE_SIZE } } as const;

export const SOCKET_PATH = '/v1/rpc';

/** The calls that browsers can send, by API. */
export function toCalls({ origin, apiKey }: Target): Readonly<Record<'rest' | 'soap' | 'connect', ApiCall>> {
  const credentials = toCredentials(apiKey);
  return {
    rest: { url: `${origin}/v1/titles?pageSize=${PAGE_SIZE}`, headers: credentials },
    soap: {
      url: `${origin}/soap/catalog`,
      headers: { 'content-type': 'text/xml', ...credentials },
      body: SOAP_LIST,
    },
    connect: {
      url: `${origin}/viernes.edge.v1.TitleService/ListTitles`,
      headers: { 'content-type': 'application/json', 'connect-protocol-version': '1', ...credentials },
      body: JSON.stringify({ pageSize: PAGE_SIZE }),
    },
  };
}

/** The commands for a terminal, by API. */
export function toCommands(target: Target) {
  const { rest, soap, connect } = toCalls(target);
  return {
    rest: toCurl(rest),
    soap: toCurl(soap),
    websocket: toSocketCommand(target),
    grpc: toGrpcCommand(target),
    connect: toCurl(connect),
  } as const;
}

function toCurl({ url, headers, body }: ApiCall): string {
  return toLines(['curl', '-s', url], headers, body);
}

function toGrpcCommand({ grpcUrl, apiKey }: Target): string {
  const protocol = grpcUrl.startsWith('https:') ? [] : ['--http2-prior-knowledge'];
  const method = `${grpcUrl.replace(/\/$/, '')}/viernes.edge.v1.TitleService/ListTitles`;
  const command = ['npx', '-y', '@bufbuild/buf', 'curl', '--protocol', 'grpc', '--reflect', ...protocol, method];
  return toLines(command, toCredentials(apiKey), JSON.stringify({ pageSize: PAGE_SIZE }));
}

/** Node.js 22 and later have a WebSocket. Unlike the one of browsers, it can send headers. */
function toSocketCommand({ origin, apiKey }: Target): string {
  const url = JSON.stringify(origin.replace('http', 'ws') + SOCKET_PATH);
  const options = apiKey === '' ? '' : `, { headers: ${JSON.stringify(toCredentials(apiKey))} }`;
  const script = [
    `const socket = new WebSocket(${url}${options});`,
    `socket.onopen = () => socket.send(JSON.stringify(${JSON.stringify(SOCKET_MESSAGE)}));`,
    'socket.onmessage = ({ data }) => { console.log(data); socket.close(); };',
  ];
  return `node -e ${quote(script.join('\n'))}`;
}

function toCredentials(apiKey: string): Readonly<Record<string, string>> {
  return apiKey === '' ? {} : { authorization: `${SCHEME} ${apiKey}` };
}

/** Writes one option per line. */
function toLines(command: readonly string[], headers: ApiCall['headers'], body?: string): string {
  const options = Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  if (body !== undefined) options.push(`-d ${quote(body)}`);
  return [command.map(quote).join(' '), ...options].join(' \\\n  ');
}

/** Quotes an argument for a POSIX shell. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
