import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { Counter } from 'prom-client';
import { signMessage } from '../webhook/webhook-secret.js';
import { WEBHOOK_CONFIG, type WebhookConfig } from '../webhook/webhook.config.js';
import { DeliveryQueue, type ClaimedDelivery } from './delivery-queue.repository.js';
import { MessageSender } from './message-sender.js';

const INTERVAL_MS = 1_000;
/** Maximum number of concurrent attempts of one replica. */
const MAX_CONCURRENT = 20;

const attempts = new Counter({
  name: 'webhook_attempts_total',
  help: 'Attempts to deliver a webhook by outcome: delivered, retried, parked, aborted',
  labelNames: ['outcome'],
});

/**
 * Sends the due deliveries, at least once: if a replica is killed during an attempt, another one sends the message again,
 * with the same ID, when the lease has expired.
 */
@Injectable()
export class SendDeliveries implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(SendDeliveries.name);
  private readonly inFlight = new Set<Promise<void>>();

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly sender: MessageSender,
    private readonly database: Database,
    private readonly tasks: PeriodicTasks,
    @Inject(WEBHOOK_CONFIG) private readonly config: WebhookConfig,
  ) {}

  onModuleInit(): void {
    if (!this.config.WEBHOOKS_ENABLED) return;
    const run = this.database.whileReady((signal) => this.run(signal));
    this.tasks.add({ name: 'webhook delivery', intervalMs: INTERVAL_MS, run });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.inFlight);
  }

  /** Starts attempts up to the limit, and does not wait for them. */
  async run(signal: AbortSignal): Promise<void> {
    const free = MAX_CONCURRENT - this.inFlight.size;
    if (free === 0 || signal.aborted) return;
    for (const delivery of await this.queue.claim(free)) {
      const attempt = this.deliver(delivery, signal).finally(() => this.inFlight.delete(attempt));
      this.inFlight.add(attempt);
    }
  }

  /** Never rejects: without a stored result, the delivery is sent again when its lease has expired. */
  private async deliver(delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
    try {
      await this.attempt(delivery, signal);
    } catch (err) {
      this.logger.warn({ deliveryId: delivery.id, err }, 'webhook result not stored');
    }
  }

  private async attempt(delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
    const { id, url, payload, secrets, webhookId } = delivery;
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Viernes-Webhooks',
      ...signMessage({ id, sentAt: new Date(), payload }, secrets),
    };
    const result = await this.sender.send({ url, headers, payload }, signal).catch(() => undefined);
    if (!result) {
      attempts.inc({ outcome: 'aborted' });
      return this.queue.release(delivery);
    }
    const outcome = await this.queue.complete(delivery, result);
    if (!outcome) return;
    attempts.inc({ outcome: OUTCOMES[outcome.step.state] });
    const { disabledReason: reason } = outcome;
    if (reason) this.logger.warn({ webhookId, reason }, 'webhook disabled');
  }
}

const OUTCOMES = { delivered: 'delivered', pending: 'retried', failed: 'parked' } as const;
