/** The client of a connection, as its proxy reports it. */
export interface ProxiedClient {
  readonly family: 'IPv4' | 'IPv6';
  /** IP address. */
  readonly address: string;
  readonly port: number;
}

export interface ProxyHeader {
  /** Length of the header in bytes. The request follows. */
  readonly lengthBytes: number;
  /** Undefined if the proxy connects for itself (a health check), or has no IP address of the client. */
  readonly client?: ProxiedClient;
  /** Whether the client connected to the proxy with TLS. Version 1 does not report it. */
  readonly isEncrypted?: boolean;
}

export class InvalidProxyHeaderError extends Error {}
