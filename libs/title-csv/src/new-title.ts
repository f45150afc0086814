import type { Schema } from '@viernes/api-client';

/** A title with an external ID, by which the next import of the file finds it. */
export type NewTitle = Schema<'NewTitle'> & { readonly synopsis: string; readonly externalId: string };
