import { fieldError } from '@viernes/platform';
import { z } from 'zod';

/** Parses a text as JSON, for `transform` of a zod schema. */
export function parseJsonText(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: fieldError('notJson').error });
    return z.NEVER;
  }
}
