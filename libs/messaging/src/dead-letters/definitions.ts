import { messagingV1 } from '@viernes/contracts';

/** To spread into the definitions of a service's port for the edge. */
export const MESSAGING_DEFINITIONS = {
  'viernes.messaging.v1.DeadLetterService': messagingV1.DeadLetterServiceService,
} as const;
