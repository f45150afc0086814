import type { Schema } from '@viernes/api-client';

/** A title that the next import of the file finds again. */
export type NewTitle = Schema<'NewTitle'> & { readonly synopsis: string; readonly externalId: string };
