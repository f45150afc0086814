import type { Type } from '@nestjs/common';
import type { AnyEventHandler } from '@viernes/messaging';
import { MoveProgress } from './progress/move-progress.handler.js';

/** All that this service does about events; the catalogue of events says the same. */
export const HANDLERS: readonly Type<AnyEventHandler>[] = [MoveProgress];
