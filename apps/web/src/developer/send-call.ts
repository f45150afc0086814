import { type ApiCall, SOCKET_MESSAGE, SOCKET_PATH } from './api-call.js';

export interface ApiResponse {
  /** HTTP status, or the type of a message. */
  readonly status: string;
  readonly durationMs: number;
  readonly text: string;
}

/** The page shows only the start of a longer response. */
const MAX_TEXT_LENGTH = 20_000;

/** Sends a call with its API key, or with the session cookie if it has none. @throws TypeError if no response arrives */
export async function sendCall({ url, headers, body }: ApiCall): Promise<ApiResponse> {
  const startedAt = performance.now();
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body !== undefined && { body }),
    credentials: 'authorization' in headers ? 'omit' : 'same-origin',
    cache: 'no-store',
  });
  const text = await response.text();
  return { status: String(response.status), durationMs: performance.now() - startedAt, text: toDisplayText(text) };
}

/** Sends a message over a WebSocket, with the session cookie. @throws Error if no response arrives */
export async function sendSocketMessage(origin: string): Promise<ApiResponse> {
  const startedAt = performance.now();
  const socket = new WebSocket(origin.replace('http', 'ws') + SOCKET_PATH);
  try {
    const text = await new Promise<string>((resolve, reject) => {
      socket.addEventListener('open', () => socket.send(JSON.stringify(SOCKET_MESSAGE)));
      socket.addEventListener('message', ({ data }) => resolve(String(data)));
      socket.addEventListener('close', ({ code }) => reject(new Error(`the connection was closed with code ${code}`)));
    });
    const { type } = JSON.parse(text) as { readonly type: string };
    return { status: type, durationMs: performance.now() - startedAt, text: toDisplayText(text) };
  } finally {
    socket.close();
  }
}

/** Indents JSON, and shortens a long response. */
function toDisplayText(text: string): string {
  let display = text;
  try {
    display = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // XML from SOAP, or text from a proxy.
  }
  return display.slice(0, MAX_TEXT_LENGTH);
}
