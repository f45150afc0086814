import type { Type } from '@nestjs/common';
import type { AnyEventHandler } from '@viernes/messaging';
import { CountView } from './popularity/count-view.handler.js';
import { MakeTitlePlayable } from './publication/make-title-playable.handler.js';

/** All that this service does about events; the catalogue of events says the same. */
export const HANDLERS: readonly Type<AnyEventHandler>[] = [MakeTitlePlayable, CountView];
