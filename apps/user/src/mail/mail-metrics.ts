import { Counter } from 'prom-client';

export const mailsSent = new Counter({
  name: 'mails_total',
  help: 'Attempts to deliver a mail by outcome: sent, failed (retried later), rejected, expired',
  labelNames: ['outcome'],
});
