import { pageSize, uuid } from '@viernes/platform';
import { z } from 'zod';

export const ListDeliveriesRequest = z.object({
  webhookId: uuid,
  pageSize: pageSize(24, 100),
  cursor: z.string().max(200),
});
export type ListDeliveriesRequest = z.infer<typeof ListDeliveriesRequest>;

export const RedeliverRequest = z.object({ webhookId: uuid, deliveryId: uuid });
export type RedeliverRequest = z.infer<typeof RedeliverRequest>;
