import type { Type } from '@nestjs/common';
import type { AnyEventHandler } from '@viernes/messaging';

/** All that this service does about events: it only tells its own. The catalogue of events says the same. */
export const HANDLERS: readonly Type<AnyEventHandler>[] = [];
