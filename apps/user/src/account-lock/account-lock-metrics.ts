import { Counter } from 'prom-client';

export const passwordChecks = new Counter({
  name: 'password_checks_total',
  help: 'Presented passwords by outcome: accepted, wrong (also for unknown emails), locked',
  labelNames: ['outcome'],
});
