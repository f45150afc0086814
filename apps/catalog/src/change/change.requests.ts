import { pageSize } from '@viernes/platform';
import { z } from 'zod';

/** The fields of a request that lists changes. */
export const changePage = { pageSize: pageSize(24, 100), cursor: z.string().max(200) };
