import type { Ports } from '../settings.ts';
import type { BackingName } from './variables.ts';

/** A service that the platform depends on. */
export interface BackingService {
  readonly name: BackingName;
  readonly origin: 'environment' | 'container' | 'native';
  /** For the terminal, without passwords. */
  readonly address: string;
  /** Resolves when the service responds. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export type OnProgress = (name: string, text: string) => void;

export interface BackingOptions {
  /** Contains data, logs, passwords, and process IDs. */
  readonly stateDir: string;
  readonly ports: Ports;
  readonly onProgress: OnProgress;
}
