import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { WebhookError } from '@viernes/contracts';
import { Agent, request } from 'undici';
import { isPublicAddress } from '../webhook/address-ranges.js';
import { WEBHOOK_CONFIG, type WebhookConfig } from '../webhook/webhook.config.js';
import { toAddress } from '../webhook/webhook-url.js';
import { createCheckedLookup } from './checked-lookup.js';
import type { AttemptResult } from './retry-schedule.js';

/** Maximum number of bytes that are read from a response, so that the connection can be reused. They are not stored. */
const MAX_RESPONSE_BYTES = 4_096;

export interface OutgoingMessage {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

/** Sends HTTP requests to public addresses, and to those that the settings allow. Follows no redirects. */
@Injectable()
export class MessageSender implements OnApplicationShutdown {
  private readonly isAllowed: (address: string) => boolean;
  private readonly secure: Agent;
  private readonly plain: Agent;

  constructor(@Inject(WEBHOOK_CONFIG) private readonly config: WebhookConfig) {
    this.isAllowed = (address) => config.WEBHOOK_ALLOWED_ADDRESSES.contains(address);
    const createAgent = (isAccepted: (address: string) => boolean): Agent =>
      new Agent({ connect: { lookup: createCheckedLookup(isAccepted), timeout: config.WEBHOOK_TIMEOUT_MS } });
    this.secure = createAgent((address) => this.isAllowed(address) || isPublicAddress(address));
    this.plain = createAgent(this.isAllowed);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.secure.destroy(), this.plain.destroy()]);
  }

  /** @throws the reason of the signal if it aborts. Other failures are returned as results */
  async send({ url: text, headers, payload }: OutgoingMessage, signal: AbortSignal): Promise<AttemptResult> {
    const startedAt = performance.now();
    const url = new URL(text);
    const outcome = this.findProblem(url) ?? (await this.post(url, headers, payload, signal));
    signal.throwIfAborted();
    return { ...outcome, durationMs: Math.round(performance.now() - startedAt) };
  }

  /** Checks the address of a URL without a name. The lookup of the connection checks only resolved names. */
  private findProblem(url: URL): { readonly error: WebhookError } | undefined {
    const address = toAddress(url);
    if (address === undefined || this.isAllowed(address)) return undefined;
    if (url.protocol !== 'https:') return { error: 'httpsRequired' };
    return isPublicAddress(address) ? undefined : { error: 'addressNotAllowed' };
  }

  private async post(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    aborted: AbortSignal,
  ): Promise<Omit<AttemptResult, 'durationMs'>> {
    const timeout = AbortSignal.timeout(this.config.WEBHOOK_TIMEOUT_MS);
    const signal = AbortSignal.any([aborted, timeout]);
    const isSecure = url.protocol === 'https:';
    try {
      const dispatcher = isSecure ? this.secure : this.plain;
      const response = await request(url, { method: 'POST', headers, body, dispatcher, signal });
      // The status determines the outcome. An error in the body does not change it.
      await response.body.dump({ limit: MAX_RESPONSE_BYTES, signal }).catch(() => undefined);
      return toOutcome(response.statusCode);
    } catch (error) {
      return { error: timeout.aborted ? 'timeout' : toError(error, isSecure) };
    }
  }
}

function toOutcome(status: number): Omit<AttemptResult, 'durationMs'> {
  if (status >= 200 && status < 300) return { status };
  return { status, error: status >= 300 && status < 400 ? 'redirect' : 'status' };
}

const ERRORS: Readonly<Partial<Record<string, WebhookError>>> = {
  ENOTFOUND: 'nameNotFound',
  EAI_AGAIN: 'nameNotFound',
  ENODATA: 'nameNotFound',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
};

function toError(error: unknown, isSecure: boolean): WebhookError {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return 'connection';
  if (code === 'ADDRESS_REJECTED') return isSecure ? 'addressNotAllowed' : 'httpsRequired';
  if (/CERT|UNABLE_TO_VERIFY|^ERR_TLS_/.test(code)) return 'certificate';
  return ERRORS[code] ?? 'connection';
}
