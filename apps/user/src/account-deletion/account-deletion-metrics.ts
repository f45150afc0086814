import { Gauge } from 'prom-client';

export const overdueDeletions = new Gauge({
  name: 'account_deletions_overdue',
  help: 'Deletions of accounts that are not finished 20 minutes after their request',
});
