import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Kafka, logLevel, type ISocketFactoryArgs, type LogEntry } from 'kafkajs';
import './pending-requests.js';

const KEEP_ALIVE_DELAY_MS = 60_000;

/**
 * The kafkajs client of a process and its sockets. kafkajs loses track of some: if two requests find a connection closed,
 * both open a new one, and `disconnect` closes only the second. The other one would delay the exit of the process.
 */
export class KafkaConnection implements OnApplicationShutdown {
  readonly kafka: Kafka;
  private readonly sockets = new Set<Socket>();

  constructor(clientId: string, brokers: readonly string[]) {
    const logger = new Logger('KafkaJS');
    this.kafka = new Kafka({
      clientId,
      brokers: [...brokers],
      connectionTimeout: 3_000,
      socketFactory: (options) => this.open(options),
      retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 5 },
      logLevel: logLevel.WARN,
      // At debug level, because the callers log each failure once.
      logCreator: () => (entry: LogEntry) => {
        logger.debug(`${entry.label} ${entry.namespace}: ${entry.log.message}`);
      },
    });
  }

  /** Closes the remaining sockets. By then, every client of the process has disconnected or timed out. */
  onApplicationShutdown(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private open({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = ssl
      ? connectTls({ host, port, ...servername, ...ssl }, onConnect)
      : connectPlain({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }
}
